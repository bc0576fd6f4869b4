"""Stories of Liulin township. Every person, sum and quarrel in them is invented."""

from __future__ import annotations

from datetime import date

from mediation.seeds.story import Duty, Story
from mediation.services.parties import PartyAnswers as P
from mediation.workflow.words import Channel, Side, Theme, Urgency

A, R = Side.APPLICANT, Side.RESPONDENT
_CASH, _TRANSFER = "现金，出具收条", "微信转账，备注写清"

DRIPPING_EAVES = Story(
    title="屋檐滴水淋湿邻居的墙",
    dispute_type="neighbours",
    everyday_kind="neighbours",
    place="柳溪村第一网格",
    channel=Channel.GRID,
    parties=(
        P(
            name="陈桂兰",
            side=A,
            sex="女",
            age=67,
            phone="19900000101",
            address="柳溪村一组12号",
            occupation="务农",
        ),
        P(
            name="李大成",
            side=R,
            sex="男",
            age=58,
            phone="19900000102",
            address="柳溪村一组13号",
            occupation="木匠",
        ),
    ),
    facts="李大成去年翻修厢房，屋檐伸到院墙外面，下雨时水直接淋到陈桂兰家的山墙。墙皮鼓了，屋里返潮。陈桂兰说过两次，李大成觉得檐没有过界，两家因此不再说话。",
    claims="把檐沟改一改，水不要再淋墙\n鼓起来的墙皮请他修好",
    duties=(
        Duty(debtor=1, what="给厢房装上檐沟，把雨水引到自家院里的暗沟", within_days=15),
        Duty(
            debtor=1,
            creditor=0,
            what="修补山墙的材料钱",
            amount_fen=86000,
            how=_CASH,
            within_days=15,
        ),
    ),
    issues="檐水该往哪里排，墙皮由谁修。",
    responsibility="李大成翻修时没有留排水的余地，负责改好。",
    persuader="老支书宋永福",
    persuader_tie="看着两家长大的邻居",
    minutes=(
        ("调解员", "今天请两家来，一家一家说，不插话。"),
        ("陈桂兰", "我不要他赔多少，水别再淋我的墙就行。"),
        ("李大成", "檐是我自己家的。不过水确实流过去了，我装个檐沟。"),
    ),
)

PLUM_TREES = Story(
    title="李子树的枝条伸进邻家菜地",
    dispute_type="land",
    everyday_kind="fields",
    place="柳溪村第二网格",
    parties=(
        P(name="周万福", side=A, sex="男", age=71, phone="19900000103", address="柳溪村三组5号"),
        P(
            name="何秀英",
            side=R,
            sex="女",
            age=54,
            phone="19900000104",
            address="柳溪村三组6号",
        ),
    ),
    facts="何秀英的六棵李子树栽在田埂边，枝条遮住周万福的菜地。周万福自己锯了两根大枝，何秀英要他赔挂果的损失。",
    claims="遮地的枝条修掉，以后不再伸过来",
    duties=(
        Duty(debtor=1, what="每年开春前把伸过田埂的枝条修掉", lasting=True),
        Duty(
            debtor=0,
            creditor=1,
            what="赔偿锯掉的枝条挂果的损失",
            amount_fen=30000,
            how=_CASH,
            within_days=10,
        ),
    ),
    persuader="何秀英的表叔何开元",
    persuader_tie="两家都请过他写对联",
    theme=Theme.COURTESY,
    persuasion="田埂是两家一起走的路，树荫遮了菜，菜长不好；锯了别人的树，也该赔个不是。",
    promise="周万福愿意说声对不起，何秀英愿意修枝。",
    spot="田埂边的晒场",
    minutes=(("周万福", "我锯枝是急了，这个我认。"), ("何秀英", "树我自己修，他给个说法就行。")),
)

FIELD_PATH = Story(
    title="机耕道被堆石料堵住",
    dispute_type="land",
    everyday_kind="fields",
    place="柳溪村第二网格",
    urgency=Urgency.SOON,
    parties=(
        P(name="宋德厚", side=A, sex="男", age=63, phone="19900000105", address="柳溪村四组2号"),
        P(
            name="赵明亮",
            side=R,
            sex="男",
            age=45,
            phone="19900000106",
            address="柳溪村四组9号",
            occupation="包工",
        ),
    ),
    facts="赵明亮把盖房的石料堆在机耕道上，收割机进不了宋德厚的三亩田。说好十天搬走，一个多月没有动。",
    claims="把路让出来\n误工请人挑稻谷的钱",
    duties=(
        Duty(debtor=1, what="把机耕道上的石料全部清走", within_days=7),
        Duty(
            debtor=1,
            creditor=0,
            what="补偿请人挑稻谷的工钱",
            amount_fen=48000,
            how=_CASH,
            within_days=7,
        ),
    ),
    minutes=(
        ("宋德厚", "收割机进不去，我请人挑了两天。"),
        ("赵明亮", "房子快封顶了，再给我几天。"),
        ("调解员", "今天先说到这里，下周三再坐下来，请赵明亮把能搬的先搬。"),
    ),
)

FOUR_CHILDREN = Story(
    title="四个子女怎么轮流照顾母亲",
    dispute_type="family",
    everyday_kind="elders",
    place="柳溪村第一网格",
    parties=(
        P(
            name="罗玉珍",
            side=A,
            sex="女",
            age=82,
            born_on=date(1944, 3, 9),
            address="柳溪村二组1号",
        ),
        P(name="罗大勇", side=R, sex="男", age=59, phone="19900000107", occupation="务农"),
        P(name="罗二勇", side=R, sex="男", age=56, phone="19900000108", occupation="县城开店"),
        P(name="罗小芳", side=R, sex="女", age=52, phone="19900000109", occupation="外出务工"),
        P(name="罗小菊", side=R, sex="女", age=48, phone="19900000110", occupation="外出务工"),
    ),
    facts="罗玉珍独自住老屋，春天摔了一跤，身边要有人。四个子女有的在外打工，有的说钱该由儿子出，三个月没有商量好。",
    claims="子女轮着照看\n药费大家分摊",
    duties=(
        Duty(debtor=1, what="母亲在自己家居住，照顾日常起居", lasting=True),
        Duty(
            debtor=2, creditor=0, what="本月生活费", amount_fen=60000, how=_TRANSFER, within_days=7
        ),
        Duty(
            debtor=3, creditor=0, what="本月生活费", amount_fen=60000, how=_TRANSFER, within_days=10
        ),
        Duty(
            debtor=4, creditor=0, what="本月生活费", amount_fen=60000, how=_TRANSFER, within_days=12
        ),
    ),
    responsibility="四个子女都有赡养母亲的义务，不因出嫁或者外出免除。",
    persuader="罗家的堂叔罗正祥",
    persuader_tie="家族里年纪最长",
    theme=Theme.FILIAL,
    minutes=(
        ("罗玉珍", "我不想住城里，老屋里我睡得着。"),
        ("罗大勇", "我来照看，弟弟妹妹出钱。"),
        ("罗小菊", "我每个月按时转，哥哥记个账就行。"),
    ),
)

DUCK_POND = Story(
    title="养鸭的水流进灌溉渠",
    dispute_type="environment",
    everyday_kind="noise",
    place="柳溪村第一网格",
    parties=(
        P(name="吴长贵", side=A, sex="男", age=60, phone="19900000111", address="柳溪村一组20号"),
        P(name="彭国平", side=R, sex="男", age=41, phone="19900000112", occupation="养殖户"),
    ),
    facts="彭国平的鸭棚挨着灌溉渠，冲洗鸭棚的水直接流进渠里，下游吴长贵的秧田发黄。",
    claims="污水不要再进渠\n补种秧苗的钱",
    duties=(
        Duty(debtor=1, what="在鸭棚外修一口沉淀池，冲洗水不再进渠", within_days=20),
        Duty(
            debtor=1, creditor=0, what="补种秧苗的钱", amount_fen=120000, how=_CASH, within_days=10
        ),
    ),
    persuader="村里的农技员唐成",
    persuader_tie="给两家都看过田",
    persuasion="水是大家的，养鸭和种田都靠它。池子修好了，你的鸭也少生病。",
    minutes=(
        ("彭国平", "修池子要本钱，我修，给我二十天。"),
        ("吴长贵", "修好就行，秧苗钱照实算。"),
    ),
)

LENT_MONEY = Story(
    title="借给表弟买货车的钱",
    dispute_type="contract",
    everyday_kind="debt",
    place="柳林镇",
    parties=(
        P(
            name="段海生",
            side=A,
            sex="男",
            age=50,
            phone="19900000113",
            address="柳林镇迎春路33号",
        ),
        P(
            name="邓志强",
            side=R,
            sex="男",
            age=43,
            phone="19900000114",
            address="柳林镇老街7号",
            occupation="货车司机",
        ),
    ),
    facts="前年邓志强买货车，向表哥段海生借了两万四千元，写了借条，没写哪天还。今年段海生的女儿上学要用钱，催了几次没有结果。",
    claims="把两万四千元还清",
    duties=(
        Duty(
            debtor=1, creditor=0, what="归还借款", amount_fen=800000, how=_TRANSFER, within_days=12
        ),
        Duty(
            debtor=1, creditor=0, what="归还借款", amount_fen=800000, how=_TRANSFER, within_days=42
        ),
        Duty(
            debtor=1, creditor=0, what="归还借款", amount_fen=800000, how=_TRANSFER, within_days=72
        ),
    ),
    issues="什么时候还，分几次还。",
    theme=Theme.FAITH,
    minutes=(("段海生", "利息我不要，本钱要还。"), ("邓志强", "一次拿不出，分三个月行不行。")),
)

ROAD_ACCIDENT = Story(
    title="三轮车在村口碰伤行人",
    dispute_type="traffic",
    everyday_kind="traffic",
    place="柳林镇",
    channel=Channel.POLICE,
    parties=(
        P(
            name="欧阳静",
            side=A,
            sex="女",
            age=36,
            phone="19900000115",
            address="柳林镇中学宿舍",
            occupation="教师",
        ),
        P(name="蒋家旺", side=R, sex="男", age=62, phone="19900000116", address="河口村二组8号"),
    ),
    facts="蒋家旺骑电动三轮车出村口，没有减速，把走在路边的欧阳静碰倒，左手腕骨折。交警认定蒋家旺负全部责任。",
    claims="医疗费\n误工费和营养费",
    duties=(
        Duty(debtor=1, creditor=0, what="医疗费", amount_fen=643250, how=_TRANSFER, within_days=10),
        Duty(
            debtor=1,
            creditor=0,
            what="误工费和营养费",
            amount_fen=480000,
            how=_TRANSFER,
            within_days=20,
        ),
    ),
    responsibility="交警认定蒋家旺负全部责任，双方没有异议。",
    theme=Theme.RIGHT,
    minutes=(("蒋家旺", "是我没看好，医药费我全出。"), ("欧阳静", "误工的钱按学校扣的算就行。")),
)

OLD_HOUSE = Story(
    title="老屋拆了以后地基怎么用",
    dispute_type="homestead",
    everyday_kind="house",
    place="河口村第一网格",
    parties=(
        P(name="马福全", side=A, sex="男", age=66, phone="19900000117", address="河口村一组3号"),
        P(name="马福来", side=R, sex="男", age=61, phone="19900000118", address="县城南门街40号"),
    ),
    facts="兄弟二人的老屋去年倒了，马福全想在原来的地基上盖两间，马福来说自己也有份，不让动工。",
    claims="让我先盖，给他留路",
    duties=(
        Duty(debtor=0, what="盖房时留出一米八的通道给马福来通行", within_days=60),
        Duty(
            debtor=0,
            creditor=1,
            what="补偿拆下来的旧木料",
            amount_fen=500000,
            how=_CASH,
            within_days=30,
        ),
    ),
    minutes=(("马福来", "木料是父亲留下的，折个价就行。"), ("马福全", "路我留，木料钱我给。")),
)

BOUNDARY_STONE = Story(
    title="两家中间的界石被挪动",
    dispute_type="homestead",
    everyday_kind="house",
    place="河口村第一网格",
    parties=(
        P(name="段水根", side=A, sex="男", age=69, phone="19900000119", address="河口村三组11号"),
        P(name="唐家兴", side=R, sex="男", age=57, phone="19900000120", address="河口村三组12号"),
    ),
    facts="段水根说清明回来发现屋后的界石往自家挪了半米，唐家兴说界石一直在那里，从来没有动过。",
    claims="把界石放回原处",
    duties=(Duty(debtor=1, what="请村里丈量后把界石放到原来的位置", within_days=15),),
    minutes=(("段水根", "照片上看得清，原来在树这边。"), ("唐家兴", "那就请村里量一量。")),
)

WELL_WATER = Story(
    title="共用水井的电费怎么分",
    dispute_type="neighbours",
    everyday_kind="neighbours",
    place="河口村第一网格",
    parties=(
        P(name="沈贵生", side=A, sex="男", age=55, phone="19900000121", address="河口村二组1号"),
        P(
            name="余美华",
            side=R,
            sex="女",
            age=49,
            phone="19900000122",
            address="河口村二组2号",
        ),
    ),
    facts="两家合用一口井，水泵的电费一直由沈贵生交。余美华家今年办了豆腐坊，用水多了，电费谁出说不到一起。",
    claims="电费按用水量分",
    duties=(
        Duty(
            debtor=1,
            creditor=0,
            what="上半年水泵的电费",
            amount_fen=32600,
            how=_CASH,
            within_days=5,
        ),
    ),
    reasons={"WITHDRAW": "两家自己装了水表，不用再调解了。"},
    minutes=(("余美华", "装个水表，用多少算多少。"),),
)

DAM_WATER = Story(
    title="上下两村放水的先后",
    dispute_type="land",
    everyday_kind="fields",
    place="河口村",
    urgency=Urgency.SOON,
    parties=(
        P(
            name="河口村二组用水户（代表：唐大有）",
            side=A,
            sex="男",
            age=58,
            phone="19900000123",
            address="河口村二组",
        ),
        P(
            name="柳溪村四组用水户（代表：宋长庆）",
            side=R,
            sex="男",
            age=60,
            phone="19900000124",
            address="柳溪村四组",
        ),
    ),
    facts="插秧时节山坪塘的水不够，上游柳溪村四组先放满了田，下游河口村二组两天没有水。两个村的人在闸口争起来，没有动手。",
    claims="定一个轮流放水的日子",
    duties=(Duty(debtor=1, what="每逢单日关闸，让水往下游放", lasting=True),),
    minutes=(("唐大有", "我们等了两天。"), ("宋长庆", "四组也没有放满，请镇里来定个规矩。")),
)
