"""Generated customers with known bodies: is the size that is advised the one that fits?

Written independently of `domain/sizing`: its bodies, shops and mistakes come from no table there.
"""
