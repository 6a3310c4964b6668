/* five_tiers.c: a platform of members in five tiers, with Chinese tables: VIP, 金卡, 银卡, 铜卡, 普通. */
#include "synth/scenario/scene.h"

/* clang-format off */
const tsl__scene tsl__scene_five_tiers = {
    .about = {.name = "five-tiers", .summary = "a platform of members in five tiers by yearly spend, in Chinese",
              .customers = 100000, .lines = 800000, .interactions = 300000},
    .id = "M", .first_year = 2023, .years = 2, .early = .4,
    .rate_shape = 3, .order_shape = 5, .level_shape = 6,
    .season = {1, .9, .8, .8, .9, 1.4, .8, .8, .9, 1, 1.8, 1.2},
    .sale = {{"会员编号", TSL__SCENE_CUSTOMER}, {"订单号", TSL__SCENE_ORDER}, {"下单时间", TSL__SCENE_TIME},
             {"商品类目", TSL__SCENE_CATEGORY}, {"数量", TSL__SCENE_QUANTITY}, {"实付金额", TSL__SCENE_AMOUNT},
             {"渠道", TSL__SCENE_CHANNEL}, {"支付方式", TSL__SCENE_PAYMENT}},
    .visit = {{"会员编号", TSL__SCENE_CUSTOMER}, {"时间", TSL__SCENE_TIME}, {"类型", TSL__SCENE_EVENT},
              {"时长（分钟）", TSL__SCENE_MINUTES}, {"满意度", TSL__SCENE_SCORE}},
    .id_header = "会员编号",
    .trait = {{.header = "注册日期", .draw = TSL__TRAIT_SINCE},
              {.header = "性别", .draw = TSL__TRAIT_TEXT, .missing = .05, .text = {"女", "男"}},
              {.header = "年龄", .draw = TSL__TRAIT_NORMAL, .low = 18, .high = 80, .missing = .06},
              {.header = "城市等级", .draw = TSL__TRAIT_TEXT, .text = {"一线", "新一线", "二线", "三线及以下"}}},
    .category = {"服饰", "美妆", "家居", "数码", "食品", "母婴"},
    .channel = {"小程序", "App", "网页", "门店"},
    .payment = {"微信支付", "支付宝", "银行卡", "分期"},
    .event = {{"浏览", TSL__EVENT_MINUTES}, {"客服", TSL__EVENT_SCORE}, {"投诉", TSL__EVENT_SCORE}},
    .kinds = 6,
    .kind = {
        {.name = "至尊", .share = .02, .spend = 2600, .orders = 30, .life = 9000, .basket = .5, .returns = .04,
         .visits = 9, .weekend = .35, .evening = .5, .minutes = 40, .score = 4.6, .category = {4, 4, 3, 5, 2, 2},
         .channel = {3, 7, 1, 2}, .payment = {4, 4, 3, 1}, .event = {92, 7, 1}, .trait = {{0}, {.6, .4}, {38, 7}, {6, 4, 2, 1}}},
        {.name = "常客", .share = .10, .spend = 900, .orders = 20, .life = 7000, .basket = .5, .returns = .05,
         .visits = 6, .weekend = .4, .evening = .5, .minutes = 28, .score = 4.4, .category = {4, 4, 3, 2, 4, 3},
         .channel = {4, 6, 1, 2}, .payment = {5, 5, 1, 1}, .event = {93, 6, 1}, .trait = {{0}, {.65, .35}, {35, 7}, {4, 4, 3, 2}}},
        {.name = "熟客", .share = .24, .spend = 420, .orders = 12, .life = 5000, .basket = .4, .returns = .06,
         .visits = 3, .weekend = .4, .evening = .45, .minutes = 16, .score = 4.1, .category = {4, 3, 3, 2, 4, 3},
         .channel = {5, 4, 1, 2}, .payment = {6, 4, 1, 1}, .event = {93, 6, 1}, .trait = {{0}, {.6, .4}, {34, 8}, {3, 3, 4, 3}}},
        {.name = "偶购", .share = .34, .spend = 230, .orders = 3.5, .life = 3000, .basket = .3, .returns = .07,
         .visits = 1.5, .weekend = .45, .evening = .4, .minutes = 9, .score = 3.9, .category = {3, 2, 3, 2, 5, 2},
         .channel = {6, 3, 1, 3}, .payment = {7, 3, 1, 0}, .event = {94, 5, 1}, .trait = {{0}, {.55, .45}, {33, 10}, {2, 3, 4, 5}}},
        {.name = "沉睡", .share = .20, .spend = 260, .orders = 6, .life = 110, .basket = .3, .returns = .1,
         .visits = .8, .weekend = .45, .evening = .4, .minutes = 8, .score = 3, .category = {3, 2, 3, 3, 3, 2},
         .channel = {5, 3, 2, 3}, .payment = {6, 3, 1, 1}, .event = {85, 8, 7}, .trait = {{0}, {.5, .5}, {36, 11}, {2, 3, 4, 4}}},
        {.name = "未购", .share = .10, .visits = 1.2, .minutes = 6, .score = 3.5, .event = {98, 2, 0},
         .trait = {{0}, {.5, .5}, {27, 7}, {2, 3, 4, 4}}}},
    .tier = {{"vip", 50000, 0}, {"gold", 20000, 0}, {"silver", 8000, 0}, {"bronze", 2000, 0}, {"normal", 0, 0}}, .tier_days = 365,
    .config =
        "# 会员平台：近 365 天净消费满 50000 元为 VIP，满 20000 元为金卡，满 8000 元为银卡，满 2000 元为铜卡，其余为普通；\n"
        "# 升级即时生效，连续两期低于门槛 10% 以上才降级，每次降一级。\n"
        "as_of: 2025-01-01\n"
        "lang: zh\n"
        "transactions:\n"
        "  files: [transactions.csv]\n"
        "  columns:\n"
        "    customer: 会员编号\n"
        "    order: 订单号\n"
        "    time: 下单时间\n"
        "    amount: 实付金额\n"
        "    quantity: 数量\n"
        "    category: 商品类目\n"
        "    channel: 渠道\n"
        "    payment: 支付方式\n"
        "customers:\n"
        "  files: [customers.csv]\n"
        "  id: 会员编号\n"
        "  columns:\n"
        "    注册日期: {ignore: yes}\n"
        "    城市等级: {type: ordinal, order: [三线及以下, 二线, 新一线, 一线]}\n"
        "interactions:\n"
        "  files: [interactions.csv]\n"
        "  columns:\n"
        "    customer: 会员编号\n"
        "    time: 时间\n"
        "    kind: 类型\n"
        "    minutes: 时长（分钟）\n"
        "    satisfaction: 满意度\n"
        "tiers:\n"
        "  value: monetary_365d\n"
        "  by: cuts\n"
        "  cuts: [50000, 20000, 8000, 2000]\n"
        "policy: {margin: 10%, grace: 2, step: 1}\n",
};
/* clang-format on */
