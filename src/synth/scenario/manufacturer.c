/* manufacturer.c: a manufacturer that leads its dealers through a lifecycle: acquire, develop, maintain, win back. */
#include "synth/scenario/scene.h"

/* clang-format off */
const tsl__scene tsl__scene_manufacturer = {
    .about = {.name = "manufacturer", .summary = "a manufacturer: the lifecycle of its dealers",
              .customers = 20000, .lines = 400000, .interactions = 60000},
    .id = "D", .first_year = 2022, .years = 3, .early = .2,
    .rate_shape = 6, .order_shape = 6, .level_shape = 7,
    .season = {.7, .8, 1.2, 1.2, 1.1, 1, .9, .8, 1.1, 1.2, 1.1, .9},
    .sale = {{"dealer_id", TSL__SCENE_CUSTOMER}, {"order_no", TSL__SCENE_ORDER}, {"order_date", TSL__SCENE_DATE},
             {"article", TSL__SCENE_PRODUCT}, {"product_group", TSL__SCENE_CATEGORY}, {"quantity", TSL__SCENE_QUANTITY},
             {"amount", TSL__SCENE_AMOUNT}},
    .visit = {{"dealer_id", TSL__SCENE_CUSTOMER}, {"date", TSL__SCENE_DATE}, {"kind", TSL__SCENE_EVENT},
              {"minutes", TSL__SCENE_MINUTES}, {"satisfaction", TSL__SCENE_SCORE}},
    .id_header = "dealer_id",
    .trait = {{.header = "dealer_since", .draw = TSL__TRAIT_SINCE},
              {.header = "region", .draw = TSL__TRAIT_TEXT, .text = {"north", "east", "south", "west", "export"}},
              {.header = "branches", .draw = TSL__TRAIT_SKEWED, .low = 1, .high = 400},
              {.header = "own_workshop", .draw = TSL__TRAIT_TEXT, .text = {"yes", "no"}}},
    .category = {"pumps", "valves", "motors", "controls", "spare parts"},
    .event = {{"visit", TSL__EVENT_MINUTES}, {"service", TSL__EVENT_SCORE}, {"complaint", TSL__EVENT_SCORE}},
    .kinds = 5,
    .kind = {
        {.name = "pillars", .share = .10, .spend = 5200, .orders = 30, .life = 12000, .basket = 1.5, .returns = .02,
         .visits = 6, .minutes = 75, .score = 4.4, .weekend = .02, .category = {3, 3, 3, 3, 4}, .event = {8, 2, .3},
         .trait = {{0}, {3, 2, 2, 2, 3}, {14, 2}, {.9, .1}}},
        {.name = "steady", .share = .33, .spend = 1500, .orders = 12, .life = 9000, .basket = 1, .returns = .03,
         .visits = 3, .minutes = 50, .score = 4.1, .weekend = .02, .category = {3, 3, 2, 2, 4}, .event = {7, 3, .4},
         .trait = {{0}, {2, 3, 3, 3, 1}, {3, 2}, {.6, .4}}},
        {.name = "occasional", .share = .24, .spend = 640, .orders = 4, .life = 5000, .basket = .5, .returns = .04,
         .visits = 1, .minutes = 35, .score = 3.8, .weekend = .03, .category = {1, 2, 1, 1, 8}, .event = {5, 4, .5},
         .trait = {{0}, {2, 3, 3, 3, 1}, {1.4, 2}, {.3, .7}}},
        {.name = "gone_over", .share = .18, .spend = 1300, .orders = 12, .life = 240, .basket = .8, .returns = .07,
         .visits = 2, .minutes = 40, .score = 2.7, .weekend = .02, .category = {3, 3, 3, 2, 2}, .event = {4, 4, 4},
         .trait = {{0}, {2, 3, 2, 3, 2}, {2.5, 2}, {.4, .6}}},
        {.name = "leads", .share = .15, .visits = 1.5, .minutes = 55, .score = 3.8, .event = {9, 1, 0},
         .trait = {{0}, {2, 2, 2, 2, 5}, {1.6, 2}, {.3, .7}}}},
    .tier = {{"vip", 150000, 0}, {"gold", 50000, 0}, {"silver", 15000, 0}, {"bronze", 3000, 0}, {"normal", 0, 0}}, .tier_days = 365,
    .config =
        "# A manufacturer and its dealers. Least amounts of the last 365 days of VIP, gold, silver and bronze; a dealer is\n"
        "# new for 60 days; phases are acquire, develop, maintain, win back, and each has its work.\n"
        "as_of: 2025-01-01\n"
        "transactions:\n"
        "  files: [transactions.csv]\n"
        "  columns:\n"
        "    customer: dealer_id\n"
        "    order: order_no\n"
        "    time: order_date\n"
        "    amount: amount\n"
        "    product: article\n"
        "    category: product_group\n"
        "customers:\n"
        "  files: [customers.csv]\n"
        "  id: dealer_id\n"
        "  columns:\n"
        "    dealer_since: {ignore: yes}\n"
        "interactions:\n"
        "  files: [interactions.csv]\n"
        "  columns:\n"
        "    customer: dealer_id\n"
        "tiers:\n"
        "  value: monetary_365d\n"
        "  by: cuts\n"
        "  cuts: [150000, 50000, 15000, 3000]\n"
        "lifecycle:\n"
        "  new_days: 60\n"
        "  vocabulary: acquire\n"
        "strategies:\n"
        "  rows:\n"
        "    - {lifecycle: potential, action: demonstrate, en: Visit and demonstrate, zh: 上门演示}\n"
        "    - {lifecycle: new|reactivated, action: train, en: Train the dealer's people, zh: 培训经销商人员}\n"
        "    - {lifecycle: active, action: widen, en: Offer the product groups he lacks, zh: 推荐尚未经销的产品线}\n"
        "    - {lifecycle: mature, action: contract, en: A contract for the year, zh: 签订年度协议}\n"
        "    - {lifecycle: at_risk|lost, action: call, en: Call and ask for the reason, zh: 致电了解原因}\n"
        "    - {tier: vip|gold|silver, lifecycle: at_risk|lost, action: visit, en: Visit this week, zh: 本周拜访}\n",
    .new_days = 60,
};
/* clang-format on */
