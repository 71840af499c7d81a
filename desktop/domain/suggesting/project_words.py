"""What the words in a project's name say of its kind.

Words of county budgets, gathered from the names of published projects and of the library's fund uses. Data, no code:
a word more here is all that a new kind of wording needs.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProjectKind:
    """A kind of project, as far as its indicators differ from those of other kinds.

    Attributes:
        words: In the project's name; the longest that fits is taken.
        common: Words in the fund uses or categories of the library's common indicators that suit this kind.
        suits: Words in names of indicators that suit this kind.
        purpose: What such a project is for, as the general goal says it.
        needs_cost: Works, large repairs and purchases need a cost indicator (P-11).
        profile_kind: What weight profiles call the kind; empty where they don't.
        anywhere: Units of every field have such projects, and they are alike.
        tells: Words in names of indicators that suit no project of other kinds.
        has_prices: Its goals have cost indicators though P-11 does not ask for them: there is a price of one.
        outside: In place of ``common`` where the work is not about rooms: roads, pipes, dams.
    """

    code: str
    name: str
    words: tuple[str, ...]
    common: tuple[str, ...] = ()
    suits: tuple[str, ...] = ()
    purpose: str = ""
    needs_cost: bool = False
    profile_kind: str = ""
    outside: tuple[str, ...] = ()
    anywhere: bool = False
    has_prices: bool = False
    tells: tuple[str, ...] = ()

    def common_of(self, name: str) -> tuple[str, ...]:
        """Return the words of the common indicators that suit a project of the name."""
        if self.outside and not any(word in name for word in _ROOMS):
            return self.outside
        return self.common


# Places of rooms: what is repaired there is measured and checked like an office building.
_ROOMS = (
    "校舍", "办公", "用房", "楼", "房屋", "宿舍", "教室", "食堂", "厕", "馆", "大厅", "会议室", "院落", "卫生院",
    "卫生室", "活动室", "场所", "幼儿园", "学校", "小学", "中学", "敬老院", "福利院", "派出所", "法庭", "审判庭",
    "剧场", "机关", "住房", "公租房",
)

KINDS = (
    ProjectKind(
        code="REPAIR",
        name="维修改造",
        words=(
            "维修改造", "维修", "修缮", "改造", "翻新", "加固", "装修", "整修", "大修", "中修", "更新改造",
            "提升改造", "抢修", "修复工程", "除险加固", "粉刷", "防水", "更换",
        ),
        common=("修缮", "维修改造"),
        suits=(
            "维修", "改造", "工程", "验收", "施工", "隐患", "造价", "完工", "竣工", "材料", "抗震", "能耗", "返修",
            "修缮",
        ),
        purpose="消除安全隐患，完善使用功能，改善使用条件",
        needs_cost=True,
        profile_kind="WORKS",
        outside=("基本建设", "政府投资建设"),
        tells=("维修", "改造", "修缮", "变更签证"),
    ),
    ProjectKind(
        code="WORKS",
        name="工程建设",
        words=(
            "新建", "扩建", "改扩建", "新改建", "建设工程", "建设项目", "修建", "工程", "基础设施", "建设",
        ),
        common=("基本建设", "政府投资建设"),
        suits=(
            "工程", "验收", "施工", "建设", "造价", "概算", "竣工", "开工", "完工", "投资", "隐患", "新建", "建成",
        ),
        purpose="按计划建成并投入使用，补齐设施短板",
        needs_cost=True,
        profile_kind="WORKS",
        tells=("新建", "扩建", "概算", "竣工", "建设面积", "建成"),
    ),
    ProjectKind(
        code="TREATMENT",
        name="生态治理",
        words=(
            "综合治理", "综合整治", "生态修复", "治理", "整治", "修复", "复垦", "造林", "绿化", "补播改良", "清淤",
        ),
        common=("基本建设", "政府投资建设"),
        suits=("治理", "修复", "整治", "面积", "成活", "盖度", "验收", "恢复", "达标", "断面", "植被", "概算"),
        purpose="按计划完成治理任务，改善生态环境，巩固治理成效",
        has_prices=True,
    ),
    ProjectKind(
        code="PURCHASE",
        name="设备购置",
        words=("设备购置", "购置", "采购", "购买设备", "配备", "配置", "装备", "设备更新", "更新购置", "添置"),
        common=("资产购置", "设备购置"),
        suits=(
            "购置", "采购", "设备", "验收", "安装", "配备", "配置", "装备", "利用", "节支", "节约", "套数", "台套",
        ),
        purpose="按标准和程序完成购置并投入使用，保障工作需要",
        needs_cost=True,
        profile_kind="PROCUREMENT",
        tells=("购置", "采购", "维保", "配备", "安装"),
    ),
    ProjectKind(
        code="IT_RUN",
        name="信息系统运行维护",
        words=(
            "信息化运维", "系统运维", "系统运行维护", "系统维护", "网络运维", "平台运维", "网站运维", "软件维护",
            "信息化运行维护", "平台运行维护", "运维服务", "运维", "等级保护测评", "等保测评", "网络安全",
        ),
        common=("信息系统运行", "运行维护"),
        suits=("运维", "系统", "故障", "运行率", "响应", "备份", "巡检", "在线", "信息安全", "网络"),
        purpose="保障系统安全稳定运行，及时处置故障和安全风险",
        anywhere=True,
        has_prices=True,
        tells=("运维", "系统正常", "备份", "终端"),
    ),
    ProjectKind(
        code="IT_BUILD",
        name="信息化建设",
        words=(
            "信息化建设", "信息系统", "系统建设", "平台建设", "系统升级", "软件开发", "数字化", "信息化", "智慧",
            "智能化", "系统开发", "软件", "大数据",
        ),
        common=("信息系统建设",),
        suits=("系统", "平台", "上线", "接口", "功能", "数据", "信息", "用户", "数字"),
        purpose="建成安全可用的信息系统，提高办事效率和服务水平",
        anywhere=True,
        has_prices=True,
        tells=("系统建设", "上线", "接口", "模块"),
    ),
    ProjectKind(
        code="TRAINING",
        name="培训",
        words=("培训班", "培训", "研修", "轮训", "进修", "讲座", "技能提升"),
        common=("会议培训",),
        suits=("培训", "学员", "参训", "师资", "合格率", "成绩", "课程", "课时", "结业"),
        purpose="提高参训人员的业务能力，促进学以致用",
        has_prices=True,
        tells=("培训", "参训", "学员", "师资", "训后"),
    ),
    ProjectKind(
        code="MEETING",
        name="会议",
        words=("会议费", "会议", "大会", "全会", "座谈会", "两会", "例会", "论坛"),
        common=("会议培训",),
        suits=("会议", "参会", "会期", "会议费", "参训（参会）", "议题"),
        purpose="按计划开好会议，部署和推动重点工作落实",
        anywhere=True,
        has_prices=True,
        tells=("会议", "参会"),
    ),
    ProjectKind(
        code="RESEARCH",
        name="课题研究",
        words=("课题", "调研", "研究", "智库", "规划编制", "方案编制", "编制", "普查", "调查"),
        common=("课题研究",),
        suits=("课题", "调研", "研究", "成果", "报告", "论文", "采纳", "编制", "评审"),
        purpose="形成质量合格、可供决策采用的成果",
        tells=("课题", "调研", "论文"),
    ),
    ProjectKind(
        code="PUBLICITY",
        name="宣传活动",
        words=(
            "宣传", "宣讲", "活动", "展览", "文化节", "竞赛", "赛事", "演出", "巡演", "推广",
            "慰问演出", "那达慕大会", "运动会",
        ),
        common=("宣传活动", "宣传与公告"),
        suits=("活动", "宣传", "场次", "参与", "知晓", "覆盖", "受众", "观众"),
        purpose="按计划办好各项活动，扩大参与面和影响力",
        tells=("活动", "宣传", "赛事", "演出"),
    ),
    ProjectKind(
        code="LOGISTICS",
        name="机关后勤",
        words=(
            "物业管理费", "物业服务", "物业费", "机关物业", "物业", "后勤", "机关运行", "办公运行", "机关食堂",
            "水电", "安保", "保安", "办公楼运行", "公务用车运行", "公车运行", "车辆运行", "供暖费", "取暖费",
        ),
        common=("机关运行", "机关后勤"),
        suits=(
            "物业管理费", "物业服务", "物业费", "机关物业", "物业", "后勤", "保洁", "保安", "餐饮", "能耗", "用电",
            "公车", "服务",
        ),
        purpose="保障机关正常运转，提高服务质量，节约运行成本",
        anywhere=True,
        has_prices=True,
    ),
    ProjectKind(
        code="CONSULT",
        name="委托咨询",
        words=(
            "评审", "评估", "咨询", "第三方", "审计服务", "造价审核", "绩效评价", "检测服务", "测绘服务", "认证",
            "鉴定",
        ),
        common=("咨询评审", "委托咨询"),
        suits=("评审", "评估", "评价", "报告", "专家", "委托", "审核", "咨询"),
        purpose="按时提交质量合格的成果，为决策和管理提供依据",
        has_prices=True,
        tells=("评审费", "委托成本", "送审"),
    ),
    ProjectKind(
        code="SERVICE",
        name="购买服务",
        words=(
            "政府购买服务", "购买服务", "劳务派遣", "服务外包", "外包", "聘用", "编外", "公益性岗位", "临聘",
            "协管员",
        ),
        common=("购买服务",),
        suits=("服务", "派遣", "人员", "岗位", "考核", "到岗", "在岗"),
        purpose="按合同提供质量合格的服务，保障工作正常开展",
        has_prices=True,
        tells=("派遣",),
    ),
    ProjectKind(
        code="SUBSIDY",
        name="补助发放",
        words=(
            "生活补助", "补助资金", "补助", "补贴", "奖补", "津贴", "救助", "资助", "奖励", "慰问", "抚恤", "贴息",
            "助学金", "免学费", "补偿", "优待", "扶助", "工资", "报酬", "低保", "供养", "取暖补", "待遇",
        ),
        common=("补助发放", "补贴补助"),
        suits=(
            "补助", "补贴", "发放", "兑付", "兑现", "对象", "标准", "覆盖", "应补尽补", "及时", "认定", "资助",
            "救助", "奖励",
        ),
        purpose="按政策规定及时足额发放到位，做到对象精准、应补尽补",
        tells=("补助", "补贴", "资助", "奖补", "津贴"),
    ),
    ProjectKind(
        code="RENT",
        name="租赁",
        words=("租赁", "租用", "租金", "房租"),
        common=("租赁",),
        suits=("租赁", "租用", "租金", "利用率"),
        purpose="保障工作所需的场所和设备，控制租赁成本",
        anywhere=True,
        has_prices=True,
        tells=("租赁", "租用"),
    ),
    ProjectKind(
        code="UPKEEP",
        name="日常管护",
        words=("日常养护", "养护", "管护", "保洁", "清扫", "维护", "运行", "运营", "看护", "除雪", "免费开放"),
        suits=("养护", "管护", "保洁", "维护", "完好", "巡查", "处置", "运行", "开放", "里程"),
        purpose="保持设施完好、运行正常，方便群众安全使用",
        has_prices=True,
    ),
    ProjectKind(
        code="DUTY",
        name="履职业务",
        words=(
            "执法", "监管", "监督", "检查", "巡查", "监测", "防控", "防治", "检测", "抽检", "办案", "业务", "征管",
            "普法",
        ),
        suits=("检查", "监测", "执法", "抽检", "覆盖", "处置", "整改", "办结", "案件"),
        purpose="依法履行职责，按计划完成各项任务，提高工作质量",
    ),
)  # fmt: skip
