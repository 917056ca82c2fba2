"""One spelling for names and addresses that are written in more than one way."""

import re
import unicodedata

# The usual form, then forms that families write instead. Old forms are those of the list of
# kanji in general use (常用漢字表, Cabinet Notice 2 of 2010); other variants are among those that
# the shrink maps of the Character Information Infrastructure (文字情報基盤) and of the National Tax
# Agency lead to one form. 斉 and 斎 are two kanji by right, and mixed up in practice.
VARIANTS = """
高髙 崎﨑嵜碕 吉𠮷 斎齋齊斉 辺邊邉 沢澤 浜濱濵 広廣 桜櫻 国國 島嶋嶌 富冨 峰峯 竜龍 滝瀧 館舘
桑桒 柳栁桺 瀬瀨 徳德 恵惠 栄榮 真眞 槙槇 遥遙 礼禮 与與 万萬 円圓 塩鹽 関關 鉄鐵 豊豐 宝寶 実實
寿壽 亀龜 芦蘆 桧檜 会會 学學 覚覺 巌巖 気氣 亜亞 悦悅 薫薰 顕顯 検檢 剣劍 県縣 厳嚴 恒恆 昇曻
土圡 黄黃 黒黑 参參 慎愼 静靜 壮壯 荘莊 総總 蔵藏 帯帶 台臺 団團 伝傳 灯燈 麦麥 仏佛 弁辯 穂穗
弥彌 薬藥 余餘 頼賴 来來 緑綠 郎郞 楼樓 録錄 鶴靍靏靎 鴎鷗 曽曾 条條 杉杦 松柗 淵渕 児兒 尭堯
凜凛 応應 温溫 芸藝 径徑 経經 継繼 献獻 鉱鑛 渋澁 粛肅 証證 縄繩 図圖 随隨 数數 声聲 浅淺 双雙
読讀 発發 秘祕 翻飜 誉譽 揺搖 様樣 謡謠 両兩 励勵 霊靈 齢齡 労勞 為爲 衛衞 駅驛 画畫 岳嶽 勧勸
観觀 帰歸 旧舊 挙擧 狭狹 暁曉 区區 勲勳 渓溪 糸絲 柏栢
"""

_USUAL = {
    ord(variant): group[0]
    for group in unicodedata.normalize("NFKC", VARIANTS).split()
    for variant in group[1:]
}
_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_KANA = re.compile(r"[ぁ-ゖー]+")
_LATIN = re.compile(r"[a-z' -]+")
_SEPARATORS = re.compile(r"[\s・,.]+")
_DASHES = re.compile(r"[‐‑‒–—―−ー－ｰ]")
_PARTS_OF_AN_ADDRESS = re.compile(r"丁目|番地|番|号室|号|の(?=\d)")
_KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_COUNTED = re.compile(r"[一二三四五六七八九](?=丁目)")


def folded(name: str) -> str:
    """A name in one spelling: NFKC, usual kanji, hiragana, small Latin letters, no blanks."""
    text = unicodedata.normalize("NFKC", name).translate(_USUAL).translate(_KATAKANA)
    return _SEPARATORS.sub("", text).casefold()


def script(folded_name: str) -> str:
    """How a folded name is written: `kana` or `latin` alone, else `kanji`."""
    if _KANA.fullmatch(folded_name):
        return "kana"
    return "latin" if _LATIN.fullmatch(without_accents(folded_name)) else "kanji"


def without_accents(text: str) -> str:
    """Latin letters without the marks on them: `ō` is `o`."""
    marked = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in marked if not 0x300 <= ord(c) < 0x370))


def folded_address(text: str) -> str:
    """The part of an address in one spelling: `本町２丁目３番４号` and `本町2-3-4` are the same."""
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text)).translate(_USUAL).casefold()
    plain = _COUNTED.sub(lambda found: found.group().translate(_KANJI_DIGITS), plain)
    plain = _PARTS_OF_AN_ADDRESS.sub("-", plain)
    return re.sub(r"\s+", "", plain).strip("-")


def digits(text: str) -> str:
    """The digits and letters of a code alone: `〒123-4567` is `1234567`."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
