"""Clients of the outside services, one file each: wire protocol in, our types and errors out."""
