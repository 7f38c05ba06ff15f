"""Sounds of the Chinese signs that the gazetteer's names are written with, and back from joined syllables."""

from __future__ import annotations

import re

_SOUNDS = (
    "特te 朗lang 普pu 川chuan 拜bai 登deng 贝bei 森sen 斯si 科ke 耶ye 伦lun 珍zhen 妮ni 卢lu 尼ni 克ke 霍huo 华hua 德de 雷lei 蒙meng 多duo 吉ji "
    "娜na 格ge 里li 尔er 贾jia 米mi 戴dai 琪qi 鲁lu 比bi 奥ao 马ma 莱lai 维wei 卡ka 罗luo 琳lin 黄huang 仁ren 勋xun 冯feng 恩en 乌wu 苏su 拉la "
    "谢xie 夫fu 乔qiao 什shi 东dong 布bu 基ji 瓦wa 迪di 塞sai 茹ru 内nei 泽ze 连lian 弗fu 坚jian 尤you 利li 娅ya 梅mei 加jia 杰jie 京jing 佩pei "
    "阿a 巴ba 安an 石shi 破po 茂mao 高gao 市shi 早zao 苗miao 岸an 田tian 文wen 雄xiong 赤chi 泽ze 亮liang 正zheng 哈ha 赖lai 歇xie 切qie 佐zuo "
    "齐qi 费fei 法fa 提ti 赫he 沃wo 王wang 何he 李li 习xi 刘liu 鹤he 立li 峰feng 涛tao 成cheng 钢gang 近jin 平ping 强qiang 毅yi 受shou 亚ya 咏yong 前qian "
    "唐tang 纳na 约yue 瑟se 丁ding 达da 列lie 厄e 恰qia 戈ge 托tuo 扎zha 施shi 洛luo 穆mu 莫mo 萨sa 诺nuo 赛sai 韦wei 麦mai 鲍bao 亨heng 伊yi 凯kai 博bo 埃ai 威wei 巴ba 帕pa 希xi 曼man 朱zhu 杜du 汉han 洪hong 温wen 理li 瑞rui 福fu 索suo 艾ai 莎sha 贝bei 路lu 辛xin 迈mai 霍huo 黑hei 本ben 英ying 可ke 代dai 金jin 官guan 奇qi 塞sai 凯kai 普pu 廷ting 霍huo 德de 娅ya 姆mu 胡hu 亨heng 耐nai 缅mian 班ban 卜bu 泰tai 雅ya 伯bo 芬fen 帝di 兰lan 戈ge 莉li 尚shang 让rang 皮pi 埃ai 彼bi 欧ou 宾bin 邦bang 图tu 库ku 努nu 热re 日ri 苏su 珀po 昂ang 茨ci 策ce 采cai 泊bo 丹dan 顿dun 恰qia 涅nie 扬yang 叶ye 尼ni 娃wa 弥mi"
)
_BY_SIGN = {each[0]: each[1:] for each in _SOUNDS.split()}


def pinyin(text: str) -> str:
    """Return Chinese signs by their sound, parts at a middle dot kept apart; other signs stay.

    Example:
        >>> pinyin("贝森特")
        'beisente'
    """
    return re.sub(r"·", " ", "".join(_BY_SIGN.get(sign, sign) for sign in text))
