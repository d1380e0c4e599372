"""One file per outside service: its wire protocol in, our types and errors out."""
