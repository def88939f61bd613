"""What is said in the cases of a full register: invented, Chinese and English, some words often, some seldom."""

PRODUCTS = (
    "青花瓷茶杯",
    "蓝色马克杯",
    "Tea cup, blue",
    "紫砂茶壶",
    "玻璃保温杯",
    "儿童水杯",
    "Travel mug 350 ml",
    "骨瓷咖啡杯",
    "竹制茶盘",
    "不锈钢滤网",
    "陶瓷盖碗",
    "Tea tin, large",
    "手工碗碟套装",
    "旅行茶具",
    "电热水壶",
    "木质杯垫",
    "Glass teapot",
    "茶叶罐",
    "铸铁茶壶",
    "双层玻璃杯",
)
"""The first ones sell most."""
FORMER_PRODUCT = "搪瓷缸"
"""No longer sold: only old cases are about it."""

FAULTS = (
    "杯把断裂",
    "杯口有裂纹",
    "handle broken off",
    "釉面起泡",
    "漏水",
    "底部不平",
    "lid does not fit",
    "颜色不符",
    "有异味",
    "保温效果差",
    "印花脱落",
    "scratch on the inside",
    "缺少配件",
    "尺寸偏小",
    "开关失灵",
)
PLACES = ("左侧靠近杯口", "底部", "near the rim", "盖子内侧", "把手连接处", "outer wall", "壶嘴")
REASONS = (
    "经查确为烧制缺陷，同意退货退款",
    "物流途中受损，由承运方负责",
    "The batch is known for weak handles",
    "检验未发现所述问题",
    "客户已确认接受补偿方案",
    "仓库核对发货记录无误",
    "apology and part refund as agreed by phone",
    "需等待供应商答复",
)
SAID = (
    "收到货打开就发现坏了",
    "用了两次就漏水",
    "杯子有裂纹不能用",
    "和图片上不一样",
    "希望尽快处理",
    "客服一直没有回复",
    "孩子差点划伤手",
    "包装完好但是里面碎了",
    "The handle came off at the first wash",
    "要求全额退款",
    "可以换一个新的吗",
    "这是送人的礼物",
    "颜色比照片深很多",
    "It leaks at the bottom",
    "闻起来有很重的味道",
    "第二次遇到这种问题",
    "照片已经上传",
    "请在周五之前答复",
    "之前买的都没有问题",
    "the lid does not close any more",
    "快递放在门口没有通知",
    "我愿意补差价",
    "发票也没有收到",
    "试了三次都不行",
)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文博雨欣子涵浩然梓轩思雨"
RARE = "鎏金龙纹"
"""In few cases."""
