/* insurer.c: an insurer: policies, premiums, claims, and who lets his policies lapse. */
#include "synth/scenario/scene.h"

/* clang-format off */
const tsl__scene tsl__scene_insurer = {
    .about = {.name = "insurer", .summary = "an insurer: premiums, lines of business, claims, lapses",
              .customers = 60000, .lines = 480000, .interactions = 90000},
    .id = "H", .first_year = 2022, .years = 3, .early = .6,
    .rate_shape = 8, .order_shape = 12, .level_shape = 10,
    .season = {1.5, 1, 1, 1.1, .9, .9, 1, .8, .9, 1, 1, 1.1},
    .sale = {{"policyholder_id", TSL__SCENE_CUSTOMER}, {"invoice_no", TSL__SCENE_ORDER}, {"due_date", TSL__SCENE_DATE},
             {"premium", TSL__SCENE_AMOUNT}, {"line_of_business", TSL__SCENE_CATEGORY}, {"channel", TSL__SCENE_CHANNEL}},
    .visit = {{"policyholder_id", TSL__SCENE_CUSTOMER}, {"date", TSL__SCENE_DATE}, {"kind", TSL__SCENE_EVENT},
              {"minutes", TSL__SCENE_MINUTES}, {"satisfaction", TSL__SCENE_SCORE}},
    .id_header = "policyholder_id",
    .trait = {{.header = "birth_date", .draw = TSL__TRAIT_BIRTH, .low = 18, .high = 90},
              {.header = "marital_status", .draw = TSL__TRAIT_TEXT, .text = {"single", "married", "divorced", "widowed"}},
              {.header = "children", .draw = TSL__TRAIT_NORMAL, .low = 0, .high = 6},
              {.header = "home_owner", .draw = TSL__TRAIT_TEXT, .text = {"yes", "no"}},
              {.header = "claim_free_years", .draw = TSL__TRAIT_NORMAL, .low = 0, .high = 30},
              {.header = "region", .draw = TSL__TRAIT_TEXT, .text = {"city", "suburb", "country"}}},
    .category = {"car", "home", "health", "life", "liability", "travel"},
    .channel = {"agent", "broker", "web", "bank"},
    .event = {{"claim", TSL__EVENT_SCORE}, {"service", TSL__EVENT_MINUTES | TSL__EVENT_SCORE},
              {"complaint", TSL__EVENT_SCORE}},
    .kinds = 6,
    .kind = {
        {.name = "families_all_in_one", .share = .16, .spend = 340, .orders = 7, .life = 9000, .visits = 3,
         .score = 4.3, .minutes = 18, .weekend = .1, .evening = .2, .category = {4, 4, 3, 3, 2, 1}, .channel = {8, 2, 1, 1},
         .event = {5, 5, .4}, .trait = {{42, 7}, {0, 9, 1}, {2, .8}, {.8, .2}, {7, 4}, {2, 6, 3}}},
        {.name = "wealthy_life", .share = .06, .spend = 1900, .orders = 4, .life = 12000, .visits = 2,
         .score = 4.5, .minutes = 35, .weekend = .05, .evening = .2, .category = {1, 2, 3, 9, 1, 0}, .channel = {3, 7, 0, 3},
         .event = {2, 6, .2}, .trait = {{54, 8}, {1, 8, 2, .5}, {1.5, 1}, {.95, .05}, {12, 5}, {4, 5, 2}}},
        {.name = "car_only", .share = .34, .spend = 260, .orders = 2.2, .life = 2500, .visits = 1,
         .score = 3.8, .minutes = 8, .weekend = .25, .evening = .35, .category = {9.5, .2, 0, 0, .3, 0}, .channel = {2, 1, 8, 1},
         .event = {4, 4, .6}, .trait = {{37, 11}, {5, 5, 2}, {.6, .8}, {.35, .65}, {4, 3}, {4, 4, 3}}},
        {.name = "retired_health", .share = .14, .spend = 410, .orders = 5, .life = 9000, .visits = 3,
         .score = 4.4, .minutes = 22, .weekend = .02, .evening = .05, .category = {1, 3, 9, 1, 1, 1}, .channel = {8, 1, 0, 3},
         .event = {7, 7, .5}, .trait = {{69, 6}, {1, 6, 1, 3}, {1.6, 1}, {.7, .3}, {14, 6}, {3, 4, 5}}},
        {.name = "lapsed", .share = .18, .spend = 240, .orders = 3, .life = 200, .visits = 1.2,
         .score = 2.7, .minutes = 11, .weekend = .2, .evening = .3, .category = {6, 2, 1, 1, 1, 2}, .channel = {2, 2, 6, 1},
         .event = {3, 4, 3}, .trait = {{35, 11}, {6, 4, 2}, {.7, .9}, {.3, .7}, {3, 3}, {5, 4, 2}}},
        {.name = "quotes_only", .share = .12, .visits = .8, .minutes = 9, .score = 3.5, .event = {0, 9.6, .4},
         .trait = {{31, 9}, {7, 3, 1}, {.4, .7}, {.2, .8}, {2, 2}, {5, 4, 2}}}},
    .tier = {{"vip", 6000, 0}, {"gold", 3000, 0}, {"silver", 1200, 0}, {"bronze", 400, 0}, {"normal", 0, 0}}, .tier_days = 365,
    .config =
        "# An insurer. Least premiums of the last 365 days of VIP, gold, silver and bronze.\n"
        "as_of: 2025-01-01\n"
        "transactions:\n"
        "  files: [transactions.csv]\n"
        "  columns:\n"
        "    customer: policyholder_id\n"
        "    order: invoice_no\n"
        "    time: due_date\n"
        "    amount: premium\n"
        "    category: line_of_business\n"
        "customers:\n"
        "  files: [customers.csv]\n"
        "  id: policyholder_id\n"
        "  columns:\n"
        "    region: {type: category}\n"
        "interactions:\n"
        "  files: [interactions.csv]\n"
        "  columns:\n"
        "    customer: policyholder_id\n"
        "features:\n"
        "  lines:\n"
        "    - {name: claims_365d, group: value, level: interactions, aggregate: count, filter: kind = 'claim', window: 365 days}\n"
        "tiers:\n"
        "  value: monetary_365d\n"
        "  by: cuts\n"
        "  cuts: [6000, 3000, 1200, 400]\n",
};
/* clang-format on */
