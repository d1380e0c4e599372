"""Reads a message a second time, by a small network that has seen messages and what came of them.

    the rules' acts     of_acts.py: as operations and questions, as they resolve here
    text, context       features.py: as places of features, with numbered.py for their values,
                        values_said.py for colours, sizes and counts, standing_out.py for prices and
                        ranks, whose_line.py for persons, said_last.py for what was said last,
                        first_reading.py for the rules'
    places → guesses    network.py, one symbol after the other, as grammar.py lets them follow
    guesses → opinions  opinion.py: summed by the lines that come of them (symbols.py,
                        operations.py, effect.py)
    opinions → acts     second_reading.py: the network's edits (as_acts.py), where it is sure enough
                        for what is at stake (sureness.py, comparing.py); where it reads a question
                        only, the rules' edits as questions (as_questions.py); where neither is
                        sure, what the rules read in a part of the message too (parts_read.py), or
                        both are asked about (doubtful.py)

Fitted by `scripts/fit_effects.py` on the scenes in `scripts/effects/scenes`.
"""
