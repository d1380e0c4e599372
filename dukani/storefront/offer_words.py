"""The words of the pages about offers and about what is kept, in English and Swahili."""

from __future__ import annotations

from collections.abc import Mapping

from dukani.domain.acts import Language

# What she agrees to; kept word for word with her consent, and the channels she chose.
AGREED: Mapping[Language, str] = {
    "en": "Send me the offers of {shop} where I chose. I can stop them at any time.",
    "sw": "Nitumieni ofa za {shop} nilikochagua. Naweza kuzisitisha wakati wowote.",
}

OFFER_WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "hear": "Hear of offers",
        "hear_more": "New pieces and lower prices, a few times a month.",
        "hear_how": "Get the shop's offers",
        "offers_title": "Offers of {shop}",
        "offers_why": "We write when something new comes or a price falls. Never more than a few "
        "times a month.",
        "offers_wait": "We write to you when {piece} is there again, and about other offers.",
        "your_phone": "Your phone number",
        "where": "Where shall we write?",
        "sms": "SMS",
        "send_code": "Send me a code",
        "code_why": "The code shows that the number is yours. Without it we keep nothing.",
        "on_whatsapp": "Yes, go on in WhatsApp",
        "on_whatsapp_why": "WhatsApp opens with a code already written. Send it, and it is done.",
        "code_sent": "A code is on its way to {phone} by SMS. It counts for 10 minutes.",
        "code_label": "Code of 6 digits",
        "offers_code": "Offers {code}",
        "confirm": "Confirm",
        "other_number": "Use another number or get a new code",
        "offers_done": "Done. You hear of our offers from now on.",
        "wait_done": "Done. We write to you when it is there again.",
        "offers_have": "You get our offers at {phone}.",
        "offers_stop": "Stop or change",
        "said_stop": "You told this shop to stop writing. Write START to it on WhatsApp, and it "
        "may write again.",
        "bad_phone": "That is not a phone number that we can write to. Write it as 0712 345 678.",
        "no_channel": "Choose WhatsApp, SMS, or both.",
        "not_agreed": "Tick the box, so that we may write to you.",
        "wrong": "That is not the code. Look at the SMS again.",
        "late": "This code counts no more. Get a new one.",
        "spent": "That was wrong too often. Get a new code.",
        "too_often": "We have sent codes often enough for now. Try again tomorrow, or write to "
        "us on WhatsApp.",
        "gone_size": "Sold out. Shall we tell you when it is back?",
        "tell_me": "Tell me when it is back",
        "waiting": "We write to you when it is there again.",
        "privacy": "What we keep",
        "privacy_title": "What {shop} keeps of you",
        "keep_number": "A number that your browser made up, so that we know the same browser "
        "again. It has no name in it.",
        "keep_cart": "What is in your cart: {count} pieces.",
        "keep_no_cart": "Your cart is empty.",
        "keep_nobody": "We do not know who you are. No name, no phone number.",
        "keep_known": "You told us your number: {phone}. It is shown here in part only.",
        "offers_on": "You get our offers.",
        "offers_off": "You get no offers from us.",
        "stop_offers": "Stop the offers",
        "stop_means": "Nothing more comes by SMS, and no offers on WhatsApp. News of your orders "
        "still comes on WhatsApp.",
        "forget": "Forget this browser",
        "forget_means": "Your cart is emptied, and nothing you looked at is tied to this browser "
        "or to you any more. Orders stay, as the law wants it.",
        "stopped": "Done. You get no more offers from {shop}.",
        "stopped_before": "You get no offers from {shop}. There is nothing more to stop.",
        "forgotten": "Done. We do not know this browser any more.",
        "stop_title": "Stop the offers of {shop}?",
        "stop_number": "They go to {phone}.",
        "changed_mind": "Was it a mistake? Ask for them again",
    },
    "sw": {
        "hear": "Pata ofa zetu",
        "hear_more": "Bidhaa mpya na bei zilizoshuka, mara chache kwa mwezi.",
        "hear_how": "Nataka ofa za duka",
        "offers_title": "Ofa za {shop}",
        "offers_why": "Tunakuandikia bidhaa mpya zikifika au bei ikishuka. Si zaidi ya mara "
        "chache kwa mwezi.",
        "offers_wait": "Tutakuandikia {piece} ikirudi, na kuhusu ofa nyingine.",
        "your_phone": "Namba yako ya simu",
        "where": "Tukuandikie wapi?",
        "sms": "SMS",
        "send_code": "Nitumieni msimbo",
        "code_why": "Msimbo unaonyesha kuwa namba ni yako. Bila msimbo hatuhifadhi chochote.",
        "on_whatsapp": "Ndiyo, endelea WhatsApp",
        "on_whatsapp_why": "WhatsApp itafunguka na msimbo umeshaandikwa. Utume, basi.",
        "code_sent": "Msimbo unakuja kwa SMS kwenye {phone}. Unafaa kwa dakika 10.",
        "code_label": "Msimbo wa tarakimu 6",
        "offers_code": "Ofa {code}",
        "confirm": "Thibitisha",
        "other_number": "Tumia namba nyingine au pata msimbo mpya",
        "offers_done": "Tayari. Kuanzia sasa utapata ofa zetu.",
        "wait_done": "Tayari. Tutakuandikia ikirudi.",
        "offers_have": "Unapata ofa zetu kwenye {phone}.",
        "offers_stop": "Sitisha au badilisha",
        "said_stop": "Uliambia duka hili liache kukuandikia. Liandikie ANZA kwenye WhatsApp, nalo "
        "litaweza kukuandikia tena.",
        "bad_phone": "Hiyo si namba tunayoweza kuiandikia. Iandike hivi: 0712 345 678.",
        "no_channel": "Chagua WhatsApp, SMS, au zote mbili.",
        "not_agreed": "Weka alama kwenye kisanduku ili tuweze kukuandikia.",
        "wrong": "Huo si msimbo. Angalia SMS tena.",
        "late": "Msimbo huu haufai tena. Pata mpya.",
        "spent": "Umekosea mara nyingi. Pata msimbo mpya.",
        "too_often": "Tumetuma misimbo ya kutosha kwa sasa. Jaribu kesho, au tuandikie WhatsApp.",
        "gone_size": "Imeisha. Tukuambie ikirudi?",
        "tell_me": "Niambieni ikirudi",
        "waiting": "Tutakuandikia ikirudi.",
        "privacy": "Tunachohifadhi",
        "privacy_title": "{shop} inahifadhi nini kukuhusu",
        "keep_number": "Namba ambayo kivinjari chako kimejitungia, ili tukitambue tena. Haina "
        "jina ndani yake.",
        "keep_cart": "Vilivyomo kikapuni mwako: {count}.",
        "keep_no_cart": "Kikapu chako hakina kitu.",
        "keep_nobody": "Hatujui wewe ni nani. Hatuna jina wala namba ya simu.",
        "keep_known": "Ulitupa namba yako: {phone}. Hapa inaonyeshwa sehemu tu.",
        "offers_on": "Unapata ofa zetu.",
        "offers_off": "Hupati ofa zetu.",
        "stop_offers": "Sitisha ofa",
        "stop_means": "Hakuna kitakachokuja tena kwa SMS, wala ofa kwenye WhatsApp. Habari za "
        "oda zako bado zitakuja kwenye WhatsApp.",
        "forget": "Sahau kivinjari hiki",
        "forget_means": "Kikapu chako kitamwagwa, na ulichotazama hakitahusishwa tena na kivinjari "
        "hiki wala na wewe. Oda hubaki, kama sheria inavyotaka.",
        "stopped": "Tayari. Hutapata tena ofa za {shop}.",
        "stopped_before": "Hupati ofa za {shop}. Hakuna kingine cha kusitisha.",
        "forgotten": "Tayari. Hatukijui tena kivinjari hiki.",
        "stop_title": "Usitishe ofa za {shop}?",
        "stop_number": "Zinakuja kwenye {phone}.",
        "changed_mind": "Umekosea? Ziombe tena",
    },
}
