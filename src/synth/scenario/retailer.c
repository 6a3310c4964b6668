/* retailer.c: a retailer whose customers count as high value above 500,000 a year. */
#include "synth/scenario/scene.h"

/* clang-format off */
const tsl__scene tsl__scene_retailer = {
    .about = {.name = "retailer", .summary = "a retailer: over 500,000 a year is high value",
              .customers = 20000, .lines = 800000, .interactions = 80000},
    .id = "K", .first_year = 2023, .years = 2, .early = .6,
    .rate_shape = 5, .order_shape = 5, .level_shape = 5,
    .season = {1.2, .9, .8, .9, .9, 1, .9, .9, 1.1, 1.1, 1.2, 1.4},
    .sale = {{"customer_no", TSL__SCENE_CUSTOMER}, {"receipt_no", TSL__SCENE_ORDER}, {"sold_at", TSL__SCENE_TIME},
             {"article", TSL__SCENE_PRODUCT}, {"department", TSL__SCENE_CATEGORY}, {"quantity", TSL__SCENE_QUANTITY},
             {"amount", TSL__SCENE_AMOUNT}, {"store_or_web", TSL__SCENE_CHANNEL}},
    .visit = {{"customer_no", TSL__SCENE_CUSTOMER}, {"time", TSL__SCENE_TIME}, {"kind", TSL__SCENE_EVENT},
              {"minutes", TSL__SCENE_MINUTES}, {"satisfaction", TSL__SCENE_SCORE}},
    .id_header = "customer_no",
    .trait = {{.header = "customer_type", .draw = TSL__TRAIT_TEXT, .text = {"household", "office", "restaurant", "dealer"}},
              {.header = "distance_km", .draw = TSL__TRAIT_SKEWED, .low = .1, .high = 300, .places = 1},
              {.header = "loyalty_card", .draw = TSL__TRAIT_TEXT, .text = {"yes", "no"}}},
    .category = {"fresh food", "drinks", "dry goods", "household", "office", "electronics"},
    .channel = {"store", "web", "delivery"},
    .event = {{"visit", TSL__EVENT_MINUTES}, {"service", TSL__EVENT_SCORE}, {"complaint", TSL__EVENT_SCORE}},
    .kinds = 5,
    .kind = {
        {.name = "wholesale", .share = .05, .spend = 16000, .orders = 45, .life = 15000, .basket = 2, .returns = .02,
         .visits = 4, .minutes = 45, .score = 4.3, .weekend = .1, .evening = .05, .category = {3, 5, 5, 2, 1, 2},
         .channel = {2, 2, 6}, .event = {7, 3, .4}, .trait = {{0, 1, 3, 6}, {38, 2}, {.95, .05}}},
        {.name = "caterers", .share = .12, .spend = 1900, .orders = 40, .life = 12000, .basket = 1.5, .returns = .02,
         .visits = 3, .minutes = 30, .score = 4.1, .weekend = .15, .evening = .05, .category = {8, 5, 3, 1, 0, 0},
         .channel = {5, 1, 4}, .event = {7, 3, .5}, .trait = {{0, 1, 9, 1}, {12, 2}, {.85, .15}}},
        {.name = "offices", .share = .15, .spend = 900, .orders = 14, .life = 9000, .basket = .8, .returns = .04,
         .visits = 1.5, .minutes = 20, .score = 4, .weekend = .02, .evening = .02, .category = {1, 3, 1, 3, 8, 4},
         .channel = {2, 6, 3}, .event = {7, 3, .4}, .trait = {{0, 9, 0, 1}, {9, 2}, {.6, .4}}},
        {.name = "households", .share = .50, .spend = 130, .orders = 18, .life = 7000, .basket = .8, .returns = .03,
         .visits = 1, .minutes = 15, .score = 4, .weekend = .55, .evening = .4, .category = {6, 4, 4, 3, 1, 1},
         .channel = {8, 1, 1}, .event = {8, 2, .3}, .trait = {{9.5, .3, .1, .1}, {4, 2}, {.6, .4}}},
        {.name = "moved_away", .share = .18, .spend = 140, .orders = 16, .life = 200, .basket = .6, .returns = .05,
         .visits = .7, .minutes = 12, .score = 3.2, .weekend = .5, .evening = .4, .category = {5, 4, 4, 3, 1, 2},
         .channel = {7, 2, 1}, .event = {6, 3, 2}, .trait = {{9, .5, .3, .2}, {9, 1.5}, {.4, .6}}}},
    .tier = {{"high", 500000, 1}, {"mid", 50000, 0}, {"low", 0, 0}}, .tier_days = 365,
    .config =
        "# A retailer. Over 500,000 in the last 365 days is high value, from 50,000 mid, and all others are low.\n"
        "as_of: 2025-01-01\n"
        "transactions:\n"
        "  files: [transactions.csv]\n"
        "  columns:\n"
        "    customer: customer_no\n"
        "    order: receipt_no\n"
        "    time: sold_at\n"
        "    amount: amount\n"
        "    product: article\n"
        "    category: department\n"
        "    channel: store_or_web\n"
        "customers:\n"
        "  files: [customers.csv]\n"
        "  id: customer_no\n"
        "interactions:\n"
        "  files: [interactions.csv]\n"
        "  columns:\n"
        "    customer: customer_no\n"
        "tiers:\n"
        "  value: monetary_365d\n"
        "  by: cuts\n"
        "  cuts: [\">500000\", 50000]\n",
};
/* clang-format on */
