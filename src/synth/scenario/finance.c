/* finance.c: a seller of funds and wealth products, with Chinese tables. */
#include "synth/scenario/scene.h"

/* clang-format off */
const tsl__scene tsl__scene_finance = {
    .about = {.name = "finance", .summary = "a seller of funds and wealth products, in Chinese",
              .customers = 50000, .lines = 400000, .interactions = 200000},
    .id = "W", .first_year = 2023, .years = 2, .early = .5,
    .rate_shape = 4, .order_shape = 2.5, .level_shape = 4,
    .season = {1.3, .7, 1, 1, .9, 1, 1, .9, 1, .8, 1.1, 1.3},
    .sale = {{"客户号", TSL__SCENE_CUSTOMER}, {"交易流水号", TSL__SCENE_ORDER}, {"交易日期", TSL__SCENE_DATE},
             {"交易金额", TSL__SCENE_AMOUNT}, {"产品类型", TSL__SCENE_CATEGORY}, {"渠道", TSL__SCENE_CHANNEL}},
    .visit = {{"客户号", TSL__SCENE_CUSTOMER}, {"日期", TSL__SCENE_DATE}, {"类型", TSL__SCENE_EVENT},
              {"满意度", TSL__SCENE_SCORE}},
    .id_header = "客户号",
    .trait = {{.header = "出生日期", .draw = TSL__TRAIT_BIRTH, .low = 18, .high = 90},
              {.header = "风险等级", .draw = TSL__TRAIT_TEXT, .text = {"保守", "稳健", "平衡", "成长", "进取"}},
              {.header = "年收入", .draw = TSL__TRAIT_NORMAL, .low = 0, .high = 5000000, .grain = 1000, .missing = .1},
              {.header = "学历", .draw = TSL__TRAIT_TEXT, .text = {"高中及以下", "大专", "本科", "硕士及以上"}}},
    .category = {"货币基金", "债券基金", "股票基金", "银行理财", "保险", "信托"},
    .channel = {"手机银行", "网点", "客户经理", "第三方平台"},
    .event = {{"浏览", 0}, {"客服", TSL__EVENT_SCORE}, {"投诉", TSL__EVENT_SCORE}},
    .kinds = 6,
    .kind = {
        {.name = "高净值", .share = .04, .spend = 180000, .orders = 9, .life = 9000, .visits = 4, .score = 4.5,
         .weekend = .02, .category = {2, 3, 4, 3, 2, 8}, .channel = {1, 2, 8, 0}, .event = {5, 5, .2},
         .trait = {{54, 9}, {1, 3, 4, 3, 1}, {1400000, 400000}, {1, 2, 5, 5}}},
        {.name = "稳健家庭", .share = .26, .spend = 22000, .orders = 6, .life = 8000, .visits = 2, .score = 4.2,
         .weekend = .05, .category = {2, 4, 1, 8, 4, 0}, .channel = {4, 5, 3, 1}, .event = {7, 3, .2},
         .trait = {{48, 9}, {4, 8, 3, 1, 0}, {260000, 70000}, {3, 4, 4, 1}}},
        {.name = "活跃交易", .share = .14, .spend = 9000, .orders = 30, .life = 5000, .visits = 9, .score = 3.9,
         .weekend = .02, .category = {3, 1, 9, 0, 0, 0}, .channel = {8, 0, 0, 4}, .event = {95, 4, 1},
         .trait = {{35, 8}, {0, 1, 2, 6, 6}, {300000, 110000}, {1, 2, 6, 4}}},
        {.name = "零钱理财", .share = .30, .spend = 900, .orders = 8, .life = 5000, .visits = 4, .score = 4.1,
         .weekend = .3, .category = {9, 1, .5, .5, 0, 0}, .channel = {6, 0, 0, 6}, .event = {97, 2, .3},
         .trait = {{27, 5}, {3, 4, 3, 1, 1}, {110000, 40000}, {2, 4, 6, 1}}},
        {.name = "已流失", .share = .16, .spend = 12000, .orders = 7, .life = 150, .visits = 1.5, .score = 2.8,
         .weekend = .05, .category = {3, 3, 5, 2, 1, 0}, .channel = {4, 2, 2, 3}, .event = {75, 15, 10},
         .trait = {{39, 11}, {2, 3, 3, 3, 1}, {210000, 90000}, {3, 4, 4, 1}}},
        {.name = "仅开户", .share = .10, .visits = 1, .score = 3.6, .event = {98, 2, 0},
         .trait = {{29, 8}, {4, 4, 2, 1, 1}, {120000, 50000}, {3, 4, 4, 1}}}},
    .tier = {{"high", 100000, 1}, {"mid", 50000, 0}, {"low", 0, 0}}, .tier_days = 365,
    .config =
        "# 财富产品销售：近 365 天交易金额超过 10 万元为高价值，5 万元至 10 万元（含）为中价值，不足 5 万元为低价值。\n"
        "as_of: 2025-01-01\n"
        "lang: zh\n"
        "transactions:\n"
        "  files: [transactions.csv]\n"
        "  columns:\n"
        "    customer: 客户号\n"
        "    order: 交易流水号\n"
        "    time: 交易日期\n"
        "    amount: 交易金额\n"
        "    category: 产品类型\n"
        "    channel: 渠道\n"
        "customers:\n"
        "  files: [customers.csv]\n"
        "  id: 客户号\n"
        "  columns:\n"
        "    出生日期: {type: date_of_birth}\n"
        "    风险等级: {type: ordinal, order: [保守, 稳健, 平衡, 成长, 进取]}\n"
        "    学历: {type: ordinal, order: [高中及以下, 大专, 本科, 硕士及以上]}\n"
        "interactions:\n"
        "  files: [interactions.csv]\n"
        "  columns:\n"
        "    customer: 客户号\n"
        "    time: 日期\n"
        "    kind: 类型\n"
        "    satisfaction: 满意度\n"
        "tiers:\n"
        "  value: monetary_365d\n"
        "  by: cuts\n"
        "  cuts: [\">100000\", 50000]\n",
};
/* clang-format on */
