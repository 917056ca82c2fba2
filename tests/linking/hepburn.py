"""How people spell a Japanese reading in Latin letters: Hepburn, as in a passport (外務省)."""

_SPELT = """
あa いi うu えe おo かka きki くku けke こko さsa しshi すsu せse そso たta ちchi つtsu てte とto
なna にni ぬnu ねne のno はha ひhi ふfu へhe ほho まma みmi むmu めme もmo やya ゆyu よyo
らra りri るru れre ろro わwa をo んn がga ぎgi ぐgu げge ごgo ざza じji ずzu ぜze ぞzo
だda ぢji づzu でde どdo ばba びbi ぶbu べbe ぼbo ぱpa ぴpi ぷpu ぺpe ぽpo
"""
LETTERS = {spelt[0]: spelt[1:] for spelt in _SPELT.split()}
GLIDES = {"ゃ": "a", "ゅ": "u", "ょ": "o"}


def hepburn(reading: str) -> str:
    """A reading in hiragana, long vowels left out: `しょうこ` is `Shoko`."""
    spelt = ""
    for kana in reading:
        if kana in GLIDES and spelt.endswith(("shi", "chi", "ji")):
            spelt = spelt[:-1] + GLIDES[kana]
        elif kana in GLIDES:
            spelt = spelt[:-1] + "y" + GLIDES[kana]
        else:
            spelt += LETTERS.get(kana, "*" if kana == "っ" else "")
    for doubled in "kstpcgbdz":
        spelt = spelt.replace("*" + doubled, ("t" if doubled == "c" else doubled) + doubled)
    for long, short in (("ou", "o"), ("oo", "o"), ("uu", "u"), ("nb", "mb"), ("nm", "mm")):
        spelt = spelt.replace(long, short)
    return spelt.replace("*", "").capitalize()
