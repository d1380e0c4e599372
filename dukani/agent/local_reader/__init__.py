"""Understands English, Swahili, Sheng and mixes on this machine, by rules and a small model.

`understand(text, context)` gives the dialogue acts of `domain.acts`. The way of a message:

    text ─ parsing ─→ Message (words, cues, slots) ─→ clauses ─→ groups of words, one a piece
                                                        │
         talk: consent, questions, payment, address  ←──┴──→  edits: acts on the order
                                     └── intents: do the acts fit the intent? ────┘

The steps: understand.py (whom pieces are for, the language), without_asides.py (what is no wish),
whole_message.py (rules for all of it), clause_acts.py (rules for a clause).

Which file reads which words?

    words and their meaning        ../lexicon/*.toml, one cue a line in cues.toml; rules' own
                                   word sets in wordsets.toml; everyday names of what a shop
                                   may call otherwise (tools/close_to.py): everyday.toml
    "two, no, three" (self-repair) parsing/repairs.py
    "6-12 months", "miezi 8"       parsing/months.py; numbers that count nothing: no_counts.py
    "miaka 5", "boys of 4 and 7"   parsing/ages.py; "one is 4, the other 7" children_told.py;
                                   "dungarees za 2 na 4": parsing/ages_of_kind.py
    "2x hoodie", "hoodie 2x"       parsing/counts_or_sizes.py
    "large", "ndogo"               parsing/worded_sizes.py (a size, or a trait of a person?)
    "saizi niliyotaja sio, weka L" parsing/slips_told.py
    "L is too big for me M please" parsing/fit_pause.py
    a number: option, size, count  parsing/numbers.py, what it counts: numbers_counted.py,
                                   coloured_kinds.py, picks: numbers_picked.py, measures:
                                   size_numbers.py; alone: bare_numbers.py (beside words:
                                   neighbours.py); "the linen one": pronoun_one.py;
                                   "those two": those_counted.py, edits/those_alone.py;
                                   "pack of 3 pairs": packs.py
    "the sneakers" of the order    edits/kind_of_line.py
    "his brother is 5, any for him" talk/childs_pieces_asked.py
    "think about it first"         parsing/first_of_all.py (a time, and no pick)
    the shop's "6Y", "emerald"     parsing/own_words.py; its categories: parsing/filing.py
    all values of a message        parsing/slots.py, of a word: single_words.py, of a number:
                                   numbered_slots.py, of a name: name_finds.py; "saa", "kikapu":
                                   watches_and_baskets.py
    names of pieces                parsing/sold_names.py (names_index.py, name_words.py), "shati la
                                   Kazi": names_beside_kinds.py, "waridi dera": names_by_colour.py,
                                   "2 Lamu in rust": names_standing_in.py; vocabulary.py,
                                   loose_names.py; "ya baba" of a Shirt - Baba: kin_names.py;
                                   "the turtleneck" beside a cardigan: kinds_as_names.py;
                                   "fascinators" among hats: called_kinds.py and
                                   talk/named_by_kinds.py; "leather belt", beside Leather
                                   Shoes in view: view_kinds.py;
                                   "combo ya jeans na shirt": kinds_of_a_set.py;
                                   "the lace one", "hilo la jeans" of a
                                   denim dress: named_by_cloth.py; "ile ndefu" of a maxi and
                                   a mini: named_by_length.py; "mikono mirefu" of a Long
                                   Sleeve Shirt, "timbs" of Timberlands: sleeves.py;
                                   "the three piece": pieces_of_a_set.py
    "5 and 8: pink for the small"  parsing/ages_by_stature.py; "3, 5, 9: red for the two
                                   small ones": ages_by_group.py
    "too short" is no shorts       parsing/no_nouns.py
    "not blue", "M badala ya L"    parsing/negation.py (the scope of a negation)
    "toa shati na ongeza kofia"    edits/ops.py (which command), clauses.py (the clauses), where the
                                   next begins: new_commands.py, behind what is added: adding_on.py,
                                   beside a swap or what is let go: beside_changes.py; what turns to
                                   the shop: asides.py; what a stretch names: stretches.py
    "zote tatu nyeupe"             edits/all_of_them.py
    "everything in 8 should be 10" edits/sizes_of_all.py
    three shorts: "S, M na L"      edits/given_out.py
    "one red and two blue"         edits/groups.py (which words go together; group.py: a piece);
                                   "three: white, navy, olive" (a total): edits/totals.py;
                                   "one is 4, one 7, a suit and a dress": edits/ages_paired.py
    "batik for all: mama M, …"     edits/headings.py (a name over a list); "polo na linen, navy
                                   na white": paired.py; what holds for several: sharing.py;
                                   "the last two": parsing/ranked_several.py
    references and slot values     edits/pieces.py (Target and Values); "it", "that one":
                                   parsing/pointing.py; "same size" (anaphora): edits/as_before.py,
                                   same_size.py; "and the same in black": talk/over_clauses.py
    "zote ziwe L isipokuwa polo"   edits/all_except.py
    "…, zote 30" of which all are  edits/size_of_all.py (no change)
    "remove", "all except"         edits/removing.py; "cancel the 35": edits/cancelling.py
    "acha tu heels, zingine toa"   edits/only_left.py; "zingine usitoe": others_stay.py;
                                   "keep only the hat and one belt": edits/kept_so_many.py;
                                   "mkoba moja tu, wa dhahabu. mwingine toa", "one is enough,
                                   keep the nude": one_of_the_kind.py; "just the L and XL,
                                   leave the XXL": some_left_out.py
    "wacha nyeusi ziwe nne"        edits/let_be.py (lets be, and not go)
    "i counted wrong, red is two"  edits/counted_wrong.py
    "reduce it to 1, make it pink" edits/fewer_and_so.py
    "punguza moja zibaki mbili"    edits/taken_off.py
    "under 4k, thats all i have"   talk/budget_told.py (no checkout)
    "two bras, the padded one"     talk/counted_then_named.py
    "unajua nini, …"               parsing/openers.py
    "forget those bata, that's all" talk/given_up.py (the wish asked about)
    "uncle gets the red one"       talk/what_is_worn.py (he wears it; not "gets paid")
    "drop it at the gate"          edits/brought_to.py
    "keep only"                    edits/keeping.py, lines_called.py (the jeans, of all trousers);
                                   "keep this, drop that": edits/sparing.py
    "toa belt, hoodie iko fiti"    edits/next_said.py (where a removal ends)
    "belt itoke, kofia iingie"     parsing/verb_last.py; "moja tu, ya M itoke": edits/going_out.py
    "toa ya brown, weka ya black"  talk/one_for_another.py
    "belt toa, hoodie iwe M"       edits/line_by_line.py, line_parts.py (each word understood)
    "toa hiyo ya beste"            edits/of_wearer.py, "swap my husband's": swapped_of_wearer.py;
                                   "mine in L and hers in white": persons_contrasted.py;
                                   "mine in L and the belt black": person_beside.py; "make my
                                   jersey red", "toa viatu vyake": owners_line.py;
                                   "hers is fine, mine black": ones_is_fine.py;
                                   "beste ni L sio M": persons_own_line.py; her units of a
                                   line for several: of_a_share.py, of each of them:
                                   shares_contrasted.py
    "toa yake, abaki na scarf tu"  edits/persons_pieces.py; "hiyo yake toa uweke tote":
                                   put_in_persons_place.py
    "no grey, just do 3 black"     edits/refused_for_ordered.py (the black are ordered already)
    "only the mustard one then"    edits/only_that.py, at a total;
    "I don't need the bag just the shoes" edits/just_the_other.py; "acha gauni peke yake":
                                   left_by_itself.py; "no need for the bag": parsing/no_need.py
    "so make it 1 blue and 2 pink" edits/each_counted.py
    "badilisha nipe bag ile ingine" edits/other_shown.py (the other of two shown)
    "3 black is too many, make it 1" edits/too_many.py
    "toa moja ya L, weka kwa XL"   edits/moving_units.py
    "both in black"                edits/both_of_them.py
    "i prefer X to Y"              edits/preferring.py
    "swap X for Y", "X instead of Y" edits/swapping.py (exchanging.py, instead_of.py; their parts:
                                   swap_parts.py); "X instead": instead.py; "that one instead of
                                   Y": shown_instead.py; "acha Y, X in its place": in_its_place.py;
                                   "swap brown for black": set_from.py; "the cheaper one":
                                   cheaper_one.py
    "swap both for the tote"       edits/swapping_all.py; "swap one lilac for it": swapping_some.py
    "sorry, I meant the polo"      edits/meant_instead.py
    "don't forget the belt"        edits/reminding.py; "hoodie ndio nachukua": edits/emphasis.py
    "2 of the L should be navy"    edits/some_of_value.py
    "orange sio mbili, tatu"       edits/recounting.py; "3 white and 2 black" of five socks:
                                   edits/last_line_anew.py
    "let one be white"             edits/splitting.py, beside another line: split_beside.py;
                                   "make it 2, and the belt too": edits/likewise.py;
                                   "zote L, moja red": edits/all_then_some.py
    "za mtoto mko na white?"       edits/childs_line.py
    "ile rangi nyingine"           edits/other_colour.py (before all else)
    "two navy sweaters each"       talk/for_each_child.py (of the children told of); "one for
                                   each child": one_for_each_child.py; "the linen
                                   one. mine is 38, hers 40": talk/sizes_of_each.py
    "hiyo ya red ni nzuri, bei?"   talk/praised.py
    "moja ibaki black, nyingine red" edits/one_stays.py
    "only one bag, the red one"    edits/only_one_of_them.py
    "so tatu jumla"                edits/sums_of_counts.py; "just one in L": of_ordered_value.py
    "make the 4-5 white"           edits/named_by_value.py
    "a size bigger", "size ndogo"  edits/next_size.py
    "the small one", "huyu mkubwa" edits/stature.py; "the 5 year old": edits/of_aged.py
    "one more", "punguza moja"     edits/counting.py; "ongeza teal ziwe tatu": edits/added_up.py
    "ya 39 weka mbili"             edits/put_on_line.py
    "ya grey iwe nyeupe"           edits/set_from.py
    "red mbili na njano moja"      edits/beside_new.py (the yellow is new)
    "badilisha moja" (to what?)    edits/changing_some.py, talk/wanting_change.py
    "the biggest" as a size        edits/extreme_size.py
    "zibaki moja moja"             edits/count_of_each.py
    "heels hapana, za silver tu"   edits/these_instead.py
    "make it three", "iwe L"       edits/changing.py; one for each line: edits/each_line.py,
                                   without a verb: edits/telegram.py, at a total: edits/only_line.py
    "irudishe", "undo"             edits/undoing.py, "put the red one back" too; "rudisha sketi,
                                   lakini iwe beige": back_otherwise.py
    "the hoodie is too much, take Y" edits/too_dear.py; "not that, the other" edits/other_one.py;
                                   "not the jordans, vans" of a list: edits/refused_shown.py
    "those two and the third in green" edits/next_one.py; "make it two, the other in green":
                                   edits/other_of_them.py
    "can I get two of these"       talk/asked_for.py (a wish put as a question)
    "I'll take it, plus a belt"    talk/offered_too.py (what was offered, too)
    "nguo ziko moto, nataka …"     talk/shop_praised.py (praise is no wish)
    "jordans too pricey, so vans"  talk/passed_over.py (pieces that are only passed over)
    "mkubwa white, wengine pink"   talk/elder_and_others.py
    "if you have it I'll take two"  edits/supposing.py; "one of each colour" edits/each_kind.py;
                                   "one of each, size M", of all shown: edits/one_each.py;
                                   "kila rangi moja, black mbili": edits/each_but_some.py
    "and the belt", "also a hat"   edits/besides.py
    "leave X, only Y"              edits/leaving.py; an answer to "which one?": edits/answering.py
    "the second", "black, size M"  edits/choosing.py, edits/picking.py; "the cheapest", "the
                                   2,800 one": edits/named_by_price.py
    "show me", "add a belt"        edits/looking.py (is it a search?), edits/searching.py
    "tuma tena bila vans"          talk/nothing_left_out.py (the order first, no old sum)
    "cancel it", "sitaki tena"     talk/cancels.py (does it cancel, or only refuse?)
    STOP, ACHA, START              consent.py, usable without the rest
    a person, a complaint          talk/commands.py; the assistant again: coming_back.py
    what was left, taken up again  taking_up.py
    what no mind need read: "yes"  plain_answers.py
    "did you mean 1 … 2 …?": "2"   which_reading.py
    "leave the other as it is"     talk/left_as_it_is.py; "blazer ni kubwa": talk/judged.py
    "basi hii nyekundu sawa"       talk/fine_as_ordered.py
    "i have enough jeans"          talk/had_enough.py
    "i wear heels so make it 58"   talk/remarks.py (remarks about persons are left out; what wishes
                                   is none: wishing.py); "I'll come for the other": promises.py
    "the heels will tire me"       talk/why_not_wanted.py; "I have a black one": possessions.py
    "kesho kuna game", "a gift"    talk/what_it_is_for.py
    "navy na peach haziendani"     talk/colours_matched.py
    "mum says the 2nd is nice, so"  talk/what_others_say.py
    "toa, mzae ako na zingine"     talk/why_told.py (why an edit is wished)
    "he dropped out, so only one"  talk/stepped_out.py
    "before that, remove it"       talk/before_that.py (a time, and no piece)
    "anything for my two boys?"    talk/anything_for.py; whose a kind is: parsing/whom_words.py
    "hijab na mtandio", two kinds  edits/another_kind.py
    an address                     talk/delivery.py (asked for), talk/places.py (beside other acts),
                                   an edit or question beside it:
                                   talk/awaited_address.py; still to come:
                                   talk/place_to_come.py; corrected: talk/address_corrections.py
    "so 3 black, right?"           talk/checking_back.py; "umeniwekea ya grey sio?"
    "I'll pick it up myself"       talk/fetching.py
    "ok checkout, we stay …"       parsing/talk_before_place.py (what is said ahead of the place)
    "can you note that it's a gift" talk/noted.py (the words of a note alone)
    a phone told with an address   parsing/phone_in_address.py
    paying, receipts, order no.    talk/payments.py; "leta prompt": talk/wants_prompt.py;
                                   "niko set kulipa": talk/ready.py
    "is it cotton?", "ni original?" talk/quality.py; "what sizes is the denim one":
                                   talk/values_asked.py
    "nikichukua tatu ni ngapi"     talk/sums_asked.py
    "mtanipigia kabla ya kuleta?"  talk/asked_of_order.py (of an order placed)
    hours, delivery, reservations  talk/shop.py; price, stock, fit: talk/questions.py
    "na hiyo ingine?", "both in M?" talk/asked_of_other.py; "and the hat?": asked_likewise.py;
                                   "is hers there in blue?": asked_of_whose.py; "grey skirts?
                                   I'm a 12": size_of_what_is_asked.py
    "white shirts, long sleeve"    talk/told_behind.py, "that dress! Is it there in L?" too
    "nikiwa tayari nitakuambia"    talk/tells_later.py (no claim of a payment)
    "sijui 32 or 34"               talk/undecided.py (neither of two is chosen)
    "XL, I like it baggy"          talk/tastes.py
    "tell me when it is back"      talk/waiting.py
    "I wear 14", "bust 92", "tight" talk/sizes_told.py, measures_told.py, fit_told.py
    "actually my waist is 32 now"  talk/size_by_now.py
    "navaa 44, nipe X na Y"        talk/worn_in_all.py (both in 44)
    "my bro wears 42, my dad 43"   talk/sizes_of_persons.py
    "for my sister", "ni zawadi"   talk/wearers_said.py (whom a piece is for), the words for it:
                                   wearers_found.py, "for my sister's wedding": only_mentioned.py,
                                   beside the acts: wearers_of_acts.py; "my bro wants the same but
                                   in 52": one_more_for.py; of several
                                   persons, whose is which: talk/each_for_one.py; "hiyo black ni ya
                                   kaka", of a piece just wished: talk/said_whose.py;
                                   "moja yangu, moja ya siz": talk/counted_persons.py
                                   "the other is for my sister": one_of_them_for.py
                                   "the shoes are for mum, the top is mine": whose_each_is.py
    "za green, mke M na mume L"    talk/for_a_couple.py (each one's piece by its name);
                                   looked for: couples_looked_for.py; "give him XL" of a
                                   Shirt (His): edits/named_for_person.py
    "abaya ya me na ya daughter"   talk/for_herself_too.py; "na jeans zangu": own_again.py;
                                   "ya mzee wangu na ya kaka", "ya babake": kin_alone.py;
                                   "for her friend", "ya binti wa jirani": others_kin.py;
                                   "6Y, ni za pacha": childs_twins.py;
                                   the words for persons: talk/relations.py
    "mum maroon M, dad grey XL"    talk/person_first.py; "get my mum the blue one" likewise
    "basi naye apate navy pia"     talk/his_too.py (in place of his grey one, sold out)
    "na mimi nipe ya black 40"     talk/one_for_other_than_whose.py (the line is her father's)
    "add the scarf, she has PE"    talk/spoken_of.py (whom a pronoun means)
    "nimebadilisha mawazo"         talk/changed_mind.py; "14 kama grey": talk/compared_to.py
    "i was thinking L but XL"      talk/thought_before.py; "if not, beige": talk/fallback.py
    "nice", "let me ask my mum"    talk/hesitating.py: no yes to a total
    "yes, but for free"            talk/another_sum.py: no yes either
    yes, no, hello, checkout       talk/moods.py
    "siwezi lipa leo"              talk/pays_not_now.py; "wacha nijipange": gets_ready_first.py;
                                   "kuna kitu nataka kubadilisha": something_to_change.py
    "one more time" (the prompt)   talk/another_prompt.py
    "hizi tu?", "is that all?"     talk/asks_if_all.py
    "hamna", "nothing is missing"  talk/nothing_missing.py
    a yes or a retry held back     talk/sure_to_pay.py: "before you send the prompt";
                                   talk/waits_to_pay.py: "sikuweza kuweka pin, subiri kidogo"
    "bei ni kubwa" (no size)       parsing/price_told.py
    phrases no rule knows          intents/: classifies the intent of a clause
    "shati umeweza, skirt toa"     talk/praised_first.py (no wish for the shirts)
    edits the rules misread        learned/: tells the effect on the order by examples, and takes
                                   the place of the rules' edits where it is sure of another;
                                   never of another piece than is looked at: piece_looked_at.py
    acts of several clauses merged talk/tidying.py; a count and its parts: talk/counted_out.py

understand.py and edits/compose.py set the order of the rules.
"""

from __future__ import annotations

import asyncio

from dukani.agent.local_reader.coming_back import asks_for_assistant, gives_back
from dukani.agent.local_reader.consent import ACT_OF, Consent, consent_said, says_stop
from dukani.agent.local_reader.edits.of_a_share import of_a_share
from dukani.agent.local_reader.edits.other_colour import with_other_colour_named
from dukani.agent.local_reader.learned.second_reading import read_again
from dukani.agent.local_reader.parsing.ages_by_child import ages_of_children
from dukani.agent.local_reader.parsing.sleeves import with_sleeves_as_named
from dukani.agent.local_reader.taking_up import takes_up
from dukani.agent.local_reader.talk.person_first import with_person_behind
from dukani.agent.local_reader.talk.praised_first import without_praise_first
from dukani.agent.local_reader.understand import understand
from dukani.agent.local_reader.which_reading import which_reading
from dukani.domain.acts import Understanding
from dukani.domain.context import TurnContext

__all__ = [
    "ACT_OF",
    "Consent",
    "LocalReader",
    "ages_of_children",
    "asks_for_assistant",
    "consent_said",
    "gives_back",
    "says_stop",
    "takes_up",
    "understand",
]


class LocalReader:
    """The `Reader` of this machine: rules and a small intent model, no key and no network."""

    async def read(self, text: str, context: TurnContext) -> Understanding:
        """The acts of a message. Never raises for any text."""
        if context.question == "reading":
            if answer := which_reading(text):
                return Understanding(acts=answer, language=understand(text, context).language)
            context = context.model_copy(update={"question": None})  # said in other words
        text = without_praise_first(text, context)
        said, text = text, with_person_behind(text, context)
        reordered = text != said
        text = with_sleeves_as_named(with_other_colour_named(text, context), context)
        first = understand(text, context)
        if reordered:  # the words put in tell no language
            first = first.model_copy(update={"language": understand(said, context).language})
        if parted := of_a_share(text, first.acts, context):
            return first.model_copy(update={"acts": tuple(parted)})
        acts = await asyncio.to_thread(read_again, text, context, first.acts)
        if context.question is None:  # else it may be the answer
            acts = tuple(of_a_share(text, acts, context) or acts)
        return first.model_copy(update={"acts": acts})
