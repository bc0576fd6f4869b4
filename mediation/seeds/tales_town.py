"""Stories of Anlan street office. Every person, firm, sum and quarrel in them is invented."""

from __future__ import annotations

from mediation.seeds.story import Duty, Story
from mediation.services.parties import PartyAnswers as P
from mediation.workflow.words import Channel, PartyKind, Side, Theme, Urgency

A, R = Side.APPLICANT, Side.RESPONDENT
_CASH, _TRANSFER = "现金，出具收条", "银行转账"


def _firm(name: str, head: str, post: str, phone: str, address: str) -> P:
    return P(
        name=name,
        side=R,
        kind=PartyKind.ENTITY,
        phone=phone,
        address=address,
        head_name=head,
        head_post=post,
    )


FACTORY_WAGES = Story(
    title="工地三个月的工钱没有结清",
    dispute_type="wages",
    everyday_kind="wages",
    place="东升社区",
    urgency=Urgency.SOON,
    parties=(
        P(
            name="阿卜杜热西提·图尔荪尼亚孜",
            side=A,
            sex="男",
            age=34,
            ethnicity="维吾尔族",
            phone="19900000201",
            address="东升工业园宿舍3栋（外地来本县务工）",
            occupation="钢筋工",
        ),
        _firm("临溪县恒泰建筑劳务有限责任公司", "汪建业", "经理", "19900000202", "东升工业园6号"),
    ),
    facts="阿卜杜热西提·图尔荪尼亚孜今年春天到恒泰公司的工地绑钢筋，说好按月结工钱，做到第三个月只拿到第一个月的。公司说总包的款还没有到。",
    claims="把剩下两个月的工钱结清",
    duties=(
        Duty(
            debtor=1,
            creditor=0,
            what="拖欠的工资",
            amount_fen=700000,
            how=_TRANSFER,
            within_days=10,
        ),
        Duty(
            debtor=1,
            creditor=0,
            what="拖欠的工资",
            amount_fen=650000,
            how=_TRANSFER,
            within_days=40,
        ),
    ),
    responsibility="总包的款没有到，不是拖欠工资的理由。",
    theme=Theme.LAW,
    minutes=(
        ("汪建业", "钱不是不给，分两次给。"),
        ("阿卜杜热西提·图尔荪尼亚孜", "写清楚哪一天，我就同意。"),
    ),
)

BALL_GAME = Story(
    title="小区打球碰掉一颗门牙",
    dispute_type="damage",
    everyday_kind="injury",
    place="桂花社区第一网格",
    parties=(
        P(name="孟子轩", side=A, sex="男", age=11, address="桂花巷22号2单元"),
        P(name="何雨桐", side=R, sex="女", age=12, address="桂花巷25号1单元"),
    ),
    guardian="孟庆华、何立新",
    guardian_tie="父亲",
    facts="两个孩子在小区空地打球，何雨桐转身时手肘碰到孟子轩，孟子轩的门牙断了一半。两家家长对补牙的钱谁出意见不一样。",
    claims="补牙的钱",
    duties=(
        Duty(
            debtor=1,
            creditor=0,
            what="补牙的费用，由监护人支付",
            amount_fen=260000,
            how=_TRANSFER,
            within_days=15,
        ),
    ),
    responsibility="打球时无意碰到，双方家长都有看护的责任，费用由何雨桐一方多担一些。",
    theme=Theme.COURTESY,
    minutes=(
        ("孟庆华", "孩子们还是同学，钱的事大人说清楚。"),
        ("何立新", "补牙我们出，以后长大要换的另说。"),
    ),
)

COUNTER_DEBT = Story(
    title="铺面转让尾款一直没付",
    dispute_type="contract",
    everyday_kind="debt",
    place="桂花社区",
    parties=(
        P(name="尤丽", side=A, sex="女", age=39, phone="19900000203", address="桂花巷3号"),
        P(
            name="黄宝山",
            side=R,
            sex="男",
            age=47,
            phone="19900000204",
            address="桂花巷5号",
            occupation="开面馆",
        ),
    ),
    facts="尤丽把面馆转给黄宝山，转让费六万元，付了四万五，尾款说好端午前付，到今天没有付。黄宝山说冰柜是坏的，要扣钱。",
    claims="尾款一万五千元",
    duties=(
        Duty(
            debtor=1,
            creditor=0,
            what="转让费尾款，已扣除修冰柜的钱",
            amount_fen=1380000,
            how=_TRANSFER,
            within_days=30,
        ),
    ),
    theme=Theme.FAITH,
    minutes=(("黄宝山", "冰柜修了一千二，扣掉这个我就付。"), ("尤丽", "可以扣，下个月底前付清。")),
)

ESTATE_FEES = Story(
    title="电梯常坏，业主不交物业费",
    dispute_type="property_management",
    everyday_kind="estate",
    place="望山社区第一网格",
    parties=(
        P(
            name="石慧敏",
            side=A,
            sex="女",
            age=45,
            phone="19900000205",
            address="望山小区7栋1802",
        ),
        _firm("临溪县望山物业服务有限公司", "洪涛", "项目经理", "19900000206", "望山小区北门"),
    ),
    facts="7栋的电梯半年坏了九次，石慧敏等住户停交物业费。物业公司说没有钱就修不了电梯，双方各说各的。",
    claims="电梯修好\n停电梯的日子少收物业费",
    duties=(
        Duty(debtor=1, what="请维保单位把7栋电梯的曳引机修好，贴出检验合格证", within_days=15),
        Duty(
            debtor=0,
            creditor=1,
            what="补交扣减以后的物业费",
            amount_fen=93600,
            how=_TRANSFER,
            within_days=20,
        ),
    ),
    minutes=(("石慧敏", "十八楼，老人下不来。"), ("洪涛", "配件订了，半个月能修好。")),
)

DANCE_MUSIC = Story(
    title="晚上广场舞的音响太响",
    dispute_type="environment",
    everyday_kind="noise",
    place="织里社区",
    channel=Channel.HOTLINE,
    parties=(
        P(
            name="诸葛明",
            side=A,
            sex="男",
            age=33,
            phone="19900000207",
            address="织里街9号",
            occupation="夜班护士",
        ),
        P(
            name="田秋菊",
            side=R,
            sex="女",
            age=61,
            phone="19900000208",
            address="织里街2号",
            occupation="退休",
        ),
    ),
    facts="织里街口每晚有人跳广场舞，音响放到九点半。诸葛明上夜班，白天睡觉，傍晚要补觉，找领舞的田秋菊说过，声音小了两天又大起来。",
    claims="音响小一点，八点半结束",
    duties=(
        Duty(debtor=1, what="音响音量不超过六十分贝，每晚八点半结束", lasting=True),
        Duty(debtor=1, what="把音响转向河边摆放", within_days=3),
    ),
    theme=Theme.COURTESY,
    minutes=(("田秋菊", "我们也怕吵人，音响朝河那边摆。"),),
)

LATE_GOODS = Story(
    title="定做的门窗迟了两个月",
    dispute_type="contract",
    everyday_kind="trade",
    place="东升社区",
    parties=(
        P(
            name="方晓燕",
            side=A,
            sex="女",
            age=42,
            phone="19900000209",
            address="东升路88号",
            occupation="开民宿",
        ),
        _firm("临溪县鸿运门窗厂", "廖鸿运", "厂长", "19900000210", "东升工业园11号"),
    ),
    facts="方晓燕定做二十四扇门窗，付了定金八千元，说好一个月装完。门窗厂迟了两个月，民宿开不了业。",
    claims="退定金\n赔耽误开业的损失",
    duties=(
        Duty(
            debtor=1, creditor=0, what="退还定金", amount_fen=800000, how=_TRANSFER, within_days=10
        ),
    ),
    reasons={"TERMINATION": "门窗厂只肯退定金，方晓燕要赔开业的损失，谈了两次差得太远。"},
    minutes=(("廖鸿运", "定金可以退，别的赔不了。"), ("方晓燕", "耽误的两个月，我要到法院去说。")),
)

SHOP_FIGHT = Story(
    title="店门口打架，派出所已经在办",
    dispute_type="damage",
    everyday_kind="injury",
    place="桂花社区第一网格",
    channel=Channel.GRID,
    parties=(
        P(name="曾凡", side=A, sex="男", age=29, phone="19900000211", address="桂花巷41号"),
        P(name="龙小虎", side=R, sex="男", age=31, phone="19900000212", address="桂花巷43号"),
    ),
    facts="两人为停车打架，曾凡的眉骨缝了四针。派出所当天已经立案，伤情还在鉴定。",
    claims="医药费",
    danger="elsewhere",
    duties=(
        Duty(debtor=1, creditor=0, what="医药费", amount_fen=210000, how=_CASH, within_days=10),
    ),
    reasons={"NON_ACCEPTANCE": "派出所已经立案，等鉴定结果出来，由派出所处理。"},
    minutes=(("调解员", "派出所已经在办，这里不能重复处理。"),),
)

BROADBAND = Story(
    title="网上买的旧手机和说的不一样",
    dispute_type="e_commerce",
    everyday_kind="trade",
    place="桂花社区",
    parties=(
        P(name="白小满", side=A, sex="女", age=24, phone="19900000213", address="桂花巷17号"),
        _firm("外地某二手数码商行", "", "", "", ""),
    ),
    facts="白小满在网上买了一部旧手机，说是九成新，收到后发现换过屏。卖家在外省，电话打不通。",
    claims="退货退款",
    duties=(
        Duty(
            debtor=1, creditor=0, what="退还货款", amount_fen=129900, how="原路退回", within_days=7
        ),
    ),
    reasons={"REFERRAL": "卖家在外省，由市场监管部门的消费投诉渠道处理更快，白小满同意。"},
    minutes=(("白小满", "我想先走投诉。"),),
)

BALCONY_FLOWERS = Story(
    title="阳台浇花淋湿楼下的被子",
    dispute_type="neighbours",
    everyday_kind="neighbours",
    place="桂花社区第一网格",
    channel=Channel.GRID,
    parties=(
        P(
            name="邹凤英",
            side=A,
            sex="女",
            age=70,
            phone="19900000214",
            address="桂花巷30号201",
        ),
        P(name="丁可", side=R, sex="男", age=28, phone="19900000215", address="桂花巷30号301"),
    ),
    facts="丁可在阳台外面搭了花架，浇花的水滴到楼下邹凤英晾的被子上，说过几回都说下次注意。",
    claims="花架收进阳台里面",
    duties=(Duty(debtor=1, what="把花架收进阳台里面，盆底加接水盘", within_days=7),),
    minutes=(("丁可", "我把花架收进来。"),),
)

SHARED_RENT = Story(
    title="合租的房子谁来修热水器",
    dispute_type="contract",
    everyday_kind="trade",
    place="安澜街道",
    parties=(
        P(
            name="司马青",
            side=A,
            sex="女",
            age=26,
            phone="19900000216",
            address="滨河路19号402",
            occupation="外地来本县工作",
        ),
        P(name="贺长庚", side=R, sex="男", age=64, phone="19900000217", address="滨河路19号101"),
    ),
    facts="司马青租贺长庚的房子，热水器坏了，房东说是租客用坏的，租客说本来就旧。她自己花钱换了新的，要从房租里扣。",
    claims="换热水器的钱从房租里扣",
    duties=(
        Duty(
            debtor=1, creditor=0, what="换热水器的钱", amount_fen=98000, how=_CASH, within_days=10
        ),
    ),
    minutes=(("贺长庚", "旧是旧了点，我出一半。"), ("司马青", "新的留在屋里，应当房东出。")),
)
