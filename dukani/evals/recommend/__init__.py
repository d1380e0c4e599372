"""Generated shoppers with hidden needs: is the piece they buy next among the six recommended?

Written independently of `domain/recommending`: a shopper buys because an occasion comes up, then
what goes with it, within a budget that depends on the month; she tires of a kind she has just
bought. The pictures' vectors are of a style that only partly decides.
"""
