"""Other agents shop here: an MCP server at `/mcp/{boutique}` (streamable HTTP).

Off until the boutique's owner switches it on and gives out a key. A shopper is whatever opaque word
the agent has for her; no name, phone or address comes in or goes out.
"""
