"""How a Chinese name is spelled in pinyin: which letters belong to which of its characters.

A library's record carries the letters of a whole name in one run. People type syllables, parts of the last one, or
first letters only, and expect to see the characters that they meant; so the run is parted again.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_TABLE = """
a ai an ang ao
ba bai ban bang bao bei ben beng bi bian biang biao bie bin bing bo bong bu
ca cai can cang cao ce cei cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan
chuang chui chun chuo ci cong cou cu cuan cui cun cuo
da dai dan dang dao de dei den deng di dia dian diao die din ding diu dong dou du duan dui dun duo
e ei en eng er
fa fan fang fei fen feng fiao fo fou fu
ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo
ha hai han hang hao he hei hen heng hm hng hong hou hu hua huai huan huang hui hun huo
ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun
ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo
la lai lan lang lao le lei len leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve
m ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu
n na nai nan nang nao ne nei nen neng ng ni nia nian niang niao nie nin ning niu nong nou nu nuan nun nuo nv nve
o ou
pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu
qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun
ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo
sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang
shui shun shuo si song sou su suan sui sun suo
ta tai tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo
wa wai wan wang wei wen weng wo wong wu
xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun
ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun
za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai
zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo
"""
SYLLABLES = frozenset(re.findall("[a-z]+", _TABLE))
_LONGEST = 6  # letters of a syllable: zhuang


@dataclass(frozen=True, slots=True)
class Spelled:
    """The letters of a name, character by character.

    Attributes:
        letters: A syllable, or the character itself when it is a letter or digit; small letters.
        places: Which character of the name each belongs to, in order.
    """

    letters: tuple[str, ...] = ()
    places: tuple[int, ...] = ()


NOT_SPELLED = Spelled()


def spelled(name: str, initials: str, pinyin: str) -> Spelled:
    """Part the pinyin of a name into its characters' letters.

    Args:
        name: Signs other than letters and digits have no letters in ``pinyin``.
        initials: First letters of the same characters; they decide where a run can be read in two ways (xian: 先,
            西安). Where they know a reading that the syllables do not, the syllables are parted without them.
        pinyin: Syllables without blanks.

    Returns:
        `NOT_SPELLED` when the three do not belong together.
    """
    places = [at for at, sign in enumerate(name) if sign.isalnum()]
    if not pinyin or len(places) != len(initials):
        return NOT_SPELLED
    signs = [name[at].lower() if name[at].isascii() else "" for at in places]
    letters = _parted(pinyin, signs, initials) or _parted(pinyin, signs, "")
    return Spelled(tuple(letters), tuple(places)) if letters else NOT_SPELLED


def _parted(pinyin: str, signs: list[str], initials: str) -> list[str]:
    """Give each sign its letters, the longest first; go back where that leads nowhere. An empty sign is Chinese."""
    found: list[str] = []
    at, most = 0, _LONGEST
    while len(found) < len(signs) or at < len(pinyin):
        letters = ""
        if len(found) < len(signs):
            letters = _letters_of(signs[len(found)], initials[len(found) : len(found) + 1], pinyin[at : at + most])
        if letters:
            found.append(letters)
            at, most = at + len(letters), _LONGEST
        elif found:
            last = found.pop()
            at, most = at - len(last), len(last) - 1
        else:
            return []
    return found


@lru_cache(maxsize=1 << 16)
def _letters_of(sign: str, initial: str, run: str) -> str:
    """Return the longest beginning of the run that the sign can be spelled with; empty when there is none."""
    if not run.startswith(initial):
        return ""
    if sign:
        return sign if run.startswith(sign) else ""
    for length in range(len(run), 0, -1):
        if run[:length] in SYLLABLES:
            return run[:length]
    return ""
