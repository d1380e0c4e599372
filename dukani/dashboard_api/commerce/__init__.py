"""Selling in chats for other systems: `/api/v1/whatsapp-commerce`.

The address names no boutique. An API key is of one; a person with several names one in a header.
Each answer has a `whatsapp_text` to send as it is.
"""
