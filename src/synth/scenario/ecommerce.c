/* ecommerce.c: a web shop that goes by recency, frequency and spend. */
#include "synth/scenario/scene.h"

/* clang-format off */
const tsl__scene tsl__scene_ecommerce = {
    .about = {.name = "ecommerce", .summary = "a web shop: recency, frequency and spend (RFM)",
              .customers = 100000, .lines = 600000, .interactions = 400000},
    .id = "U", .first_year = 2023, .years = 2, .early = .3,
    .rate_shape = 4, .order_shape = 6, .level_shape = 8,
    .season = {.8, .75, .8, .8, .85, 1.1, .8, .8, .85, .95, 1.7, 1.4},
    .sale = {{"customer_id", TSL__SCENE_CUSTOMER}, {"order_id", TSL__SCENE_ORDER}, {"order_time", TSL__SCENE_TIME},
             {"sku", TSL__SCENE_PRODUCT}, {"category", TSL__SCENE_CATEGORY}, {"quantity", TSL__SCENE_QUANTITY},
             {"amount", TSL__SCENE_AMOUNT}, {"payment", TSL__SCENE_PAYMENT}},
    .visit = {{"customer_id", TSL__SCENE_CUSTOMER}, {"time", TSL__SCENE_TIME}, {"kind", TSL__SCENE_EVENT},
              {"minutes", TSL__SCENE_MINUTES}, {"pages", TSL__SCENE_PAGES}, {"satisfaction", TSL__SCENE_SCORE}},
    .id_header = "customer_id",
    .trait = {{.header = "registered", .draw = TSL__TRAIT_SINCE},
              {.header = "age", .draw = TSL__TRAIT_NORMAL, .low = 18, .high = 85, .missing = .08},
              {.header = "device", .draw = TSL__TRAIT_TEXT, .text = {"phone", "tablet", "computer"}},
              {.header = "city_size", .draw = TSL__TRAIT_TEXT, .text = {"village", "town", "city", "metropolis"}}},
    .category = {"clothing", "shoes", "beauty", "home", "electronics", "books"},
    .payment = {"card", "wallet", "instalments"},
    .event = {{"visit", TSL__EVENT_MINUTES | TSL__EVENT_PAGES}, {"service", TSL__EVENT_SCORE},
              {"complaint", TSL__EVENT_SCORE}},
    .kinds = 6,
    .kind = {
        {.name = "champions", .share = .08, .spend = 120, .orders = 22, .life = 6000, .basket = .6, .returns = .03,
         .visits = 9, .weekend = .35, .evening = .5, .minutes = 35, .score = 4.5, .category = {5, 3, 3, 2, 2, 1},
         .payment = {4, 6, 1}, .event = {94, 5, 1}, .trait = {{0}, {34, 7}, {8, 1, 2}, {1, 2, 4, 5}}},
        {.name = "regulars", .share = .22, .spend = 65, .orders = 8, .life = 4000, .basket = .4, .returns = .05,
         .visits = 4, .weekend = .4, .evening = .45, .minutes = 18, .score = 4.2, .category = {4, 2, 4, 3, 1, 2},
         .payment = {4, 5, 1}, .event = {93, 6, 1}, .trait = {{0}, {38, 9}, {6, 1, 3}, {1, 3, 4, 3}}},
        {.name = "big_spenders", .share = .08, .spend = 620, .orders = 2.5, .life = 4000, .basket = .2, .returns = .08,
         .visits = 2.5, .weekend = .45, .evening = .4, .minutes = 22, .score = 4.1, .category = {1, 1, 0, 4, 9, 0},
         .payment = {6, 1, 5}, .event = {88, 10, 2}, .trait = {{0}, {45, 9}, {2, 2, 7}, {1, 2, 4, 4}}},
        {.name = "slipped_away", .share = .20, .spend = 75, .orders = 9, .life = 120, .basket = .4, .returns = .09,
         .visits = 3, .weekend = .4, .evening = .45, .minutes = 14, .score = 3.1, .category = {4, 3, 2, 3, 2, 1},
         .payment = {5, 4, 1}, .event = {84, 9, 7}, .trait = {{0}, {36, 10}, {6, 1, 3}, {1, 3, 4, 3}}},
        {.name = "one_timers", .share = .27, .spend = 42, .orders = .12, .life = 500, .basket = .1, .returns = .06,
         .visits = 1, .weekend = .5, .evening = .4, .minutes = 9, .score = 3.7, .category = {2, 2, 2, 2, 2, 3},
         .payment = {6, 3, 1}, .event = {95, 4, 1}, .trait = {{0}, {37, 12}, {6, 1, 3}, {2, 3, 3, 2}}},
        {.name = "window_shoppers", .share = .15, .visits = 3, .minutes = 12, .score = 3.5, .event = {98, 2, 0},
         .trait = {{0}, {29, 8}, {9, 1, 1}, {2, 3, 3, 2}}}},
    .tier = {{"vip", 3000, 0}, {"gold", 1200, 0}, {"silver", 500, 0}, {"bronze", 150, 0}, {"normal", 0, 0}}, .tier_days = 365,
    .config =
        "# A web shop. Least spend of the last 365 days of VIP, gold, silver and bronze.\n"
        "as_of: 2025-01-01\n"
        "transactions:\n"
        "  files: [transactions.csv]\n"
        "customers:\n"
        "  files: [customers.csv]\n"
        "  columns:\n"
        "    registered: {ignore: yes}\n"
        "    city_size: {type: ordinal, order: [village, town, city, metropolis]}\n"
        "interactions:\n"
        "  files: [interactions.csv]\n"
        "tiers:\n"
        "  value: monetary_365d\n"
        "  by: cuts\n"
        "  cuts: [3000, 1200, 500, 150]\n",
};
/* clang-format on */
