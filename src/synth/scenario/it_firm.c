/* it_firm.c: a software house with three classes of key accounts: key 重点, strategic 战略, premium 优质. */
#include "synth/scenario/scene.h"

/* clang-format off */
const tsl__scene tsl__scene_it_firm = {
    .about = {.name = "it-firm", .summary = "a software house: key, strategic and premium accounts",
              .customers = 3000, .lines = 60000, .interactions = 45000},
    .id = "F", .first_year = 2022, .years = 3, .early = .5,
    .rate_shape = 6, .order_shape = 4, .level_shape = 5,
    .season = {.8, .8, 1.2, .9, .9, 1.2, .8, .7, 1.2, 1, 1, 1.6},
    .sale = {{"account", TSL__SCENE_CUSTOMER}, {"contract_no", TSL__SCENE_ORDER}, {"invoice_date", TSL__SCENE_DATE},
             {"product_line", TSL__SCENE_CATEGORY}, {"net_amount", TSL__SCENE_AMOUNT}},
    .visit = {{"account", TSL__SCENE_CUSTOMER}, {"date", TSL__SCENE_DATE}, {"kind", TSL__SCENE_EVENT},
              {"minutes", TSL__SCENE_MINUTES}, {"satisfaction", TSL__SCENE_SCORE}, {"nps", TSL__SCENE_NPS}},
    .id_header = "account",
    .trait = {{.header = "industry", .draw = TSL__TRAIT_TEXT,
               .text = {"finance", "manufacturing", "government", "retail", "health", "education"}},
              {.header = "employees", .draw = TSL__TRAIT_SKEWED, .low = 3, .high = 500000},
              {.header = "certified_users", .draw = TSL__TRAIT_SKEWED, .low = 0, .high = 100000},
              {.header = "reference_customer", .draw = TSL__TRAIT_TEXT, .text = {"yes", "no"}}},
    .category = {"licences", "cloud", "projects", "support", "training"},
    .event = {{"visit", TSL__EVENT_MINUTES}, {"support", TSL__EVENT_MINUTES | TSL__EVENT_SCORE},
              {"survey", TSL__EVENT_SCORE | TSL__EVENT_NPS}, {"complaint", TSL__EVENT_SCORE}},
    .kinds = 6,
    .kind = {
        /* whose name opens an industry: the largest contracts, few of them */
        {.name = "strategic", .share = .04, .spend = 260000, .orders = 9, .life = 9000, .visits = 10, .minutes = 90,
         .score = 4.3, .nps = 8.5, .category = {3, 3, 6, 2, 1}, .event = {6, 3, 1, .3},
         .trait = {{6, 2, 5, 1, 2, 0}, {18000, 2}, {1500, 2}, {.8, .2}}},
        /* who bring most of the business, month after month */
        {.name = "key", .share = .12, .spend = 52000, .orders = 16, .life = 8000, .visits = 7, .minutes = 60,
         .score = 4.2, .nps = 8, .category = {3, 4, 4, 3, 1}, .event = {5, 5, 1, .4},
         .trait = {{4, 5, 2, 3, 2, 1}, {3500, 2}, {320, 2}, {.5, .5}}},
        /* small, content, and growing */
        {.name = "premium", .share = .22, .spend = 14000, .orders = 12, .life = 8000, .visits = 3, .minutes = 40,
         .score = 4.7, .nps = 9.4, .category = {2, 6, 1, 3, 2}, .event = {3, 4, 2, .1},
         .trait = {{2, 4, 0, 4, 3, 2}, {420, 2}, {60, 2}, {.6, .4}}},
        {.name = "standard", .share = .36, .spend = 4200, .orders = 5, .life = 5000, .visits = 1.5, .minutes = 25,
         .score = 3.8, .nps = 6.8, .category = {4, 3, 1, 4, 1}, .event = {2, 6, 1, .5},
         .trait = {{2, 4, 1, 4, 2, 3}, {150, 1.5}, {18, 1.5}, {.1, .9}}},
        {.name = "left", .share = .14, .spend = 6500, .orders = 6, .life = 220, .visits = 2, .minutes = 30,
         .score = 2.6, .nps = 3.5, .category = {5, 1, 2, 4, 1}, .event = {2, 6, 1, 3},
         .trait = {{2, 4, 1, 5, 2, 2}, {220, 1.5}, {20, 1.5}, {.02, .98}}},
        {.name = "trials", .share = .12, .visits = 1.2, .minutes = 30, .score = 3.7, .nps = 7, .event = {6, 3, .5, .1},
         .trait = {{2, 3, 1, 5, 3, 4}, {120, 1.3}, {3, 1.2}, {0, 1}}}},
    .tier = {{"strategic", 1000000, 0}, {"key", 300000, 0}, {"premium", 80000, 0}, {"other", 0, 0}}, .tier_days = 365,
    .config =
        "# A software house. Tiers by the net amount of the last 365 days; classes of accounts by what a firm is to the house;\n"
        "# and what is to be done about whom.\n"
        "as_of: 2025-01-01\n"
        "transactions:\n"
        "  files: [transactions.csv]\n"
        "  columns:\n"
        "    customer: account\n"
        "    order: contract_no\n"
        "    time: invoice_date\n"
        "    amount: net_amount\n"
        "    category: product_line\n"
        "customers:\n"
        "  files: [customers.csv]\n"
        "  id: account\n"
        "interactions:\n"
        "  files: [interactions.csv]\n"
        "  columns:\n"
        "    customer: account\n"
        "tiers:\n"
        "  value: monetary_365d\n"
        "  by: cuts\n"
        "  cuts: [1000000, 300000, 80000]\n"
        "  names:\n"
        "    strategic: {en: Strategic, zh: 战略}\n"
        "    key: {en: Key, zh: 重点}\n"
        "    premium: {en: Premium, zh: 优质}\n"
        "    other: {en: Other, zh: 其他}\n"
        "rules:\n"
        "  account:\n"
        "    - {code: strategic, en: Strategic account, zh: 战略客户,\n"
        "       when: \"frequency_365d >= 1 and employees >= 5000 and reference_customer\"}\n"
        "    - {code: key, en: Key account, zh: 重点客户, when: \"frequency_365d >= 8 and monetary_mean >= 25000\"}\n"
        "    - {code: premium, en: Premium account, zh: 优质客户,\n"
        "       when: \"frequency_365d >= 4 and satisfaction_mean >= 4.3 and nps_last >= 9\"}\n"
        "strategies:\n"
        "  rows:\n"
        "    - {tier: strategic|key, action: manager, en: Own account manager, zh: 专属客户经理}\n"
        "    - {tier: strategic|key, lifecycle: at_risk|lost, action: visit, en: The board visits within a week, zh: 高层一周内拜访}\n"
        "    - {tier: premium, action: shared_manager, en: One manager for many, zh: 共享客户经理}\n"
        "    - {tier: premium, lifecycle: at_risk|lost, action: call, en: The manager calls, zh: 客户经理致电}\n"
        "    - {lifecycle: potential, action: trial, en: Help with the trial, zh: 协助试用}\n"
        "    - {action: web, en: Web shop and support, zh: 在线商城与技术支持}\n",
};
/* clang-format on */
