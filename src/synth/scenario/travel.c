/* travel.c: a travel agency: bookings by season, reviews, referrals. */
#include "synth/scenario/scene.h"

/* clang-format off */
const tsl__scene tsl__scene_travel = {
    .about = {.name = "travel", .summary = "a travel agency: bookings by season, reviews, referrals",
              .customers = 40000, .lines = 140000, .interactions = 160000},
    .id = "T", .first_year = 2022, .years = 3, .early = .3,
    .rate_shape = 4, .order_shape = 6, .level_shape = 7,
    .season = {1.3, .9, .8, .9, 1.1, 1.6, 2, 1.7, .9, .8, .6, 1.1},
    .sale = {{"traveller_id", TSL__SCENE_CUSTOMER}, {"booking_id", TSL__SCENE_ORDER}, {"booked_at", TSL__SCENE_TIME},
             {"kind_of_trip", TSL__SCENE_CATEGORY}, {"price", TSL__SCENE_AMOUNT}, {"channel", TSL__SCENE_CHANNEL}},
    .visit = {{"traveller_id", TSL__SCENE_CUSTOMER}, {"time", TSL__SCENE_TIME}, {"kind", TSL__SCENE_EVENT},
              {"minutes", TSL__SCENE_MINUTES}, {"stars", TSL__SCENE_SCORE}, {"recommend", TSL__SCENE_NPS}},
    .id_header = "traveller_id",
    .trait = {{.header = "age", .draw = TSL__TRAIT_NORMAL, .low = 18, .high = 90, .missing = .04},
              {.header = "household", .draw = TSL__TRAIT_TEXT, .text = {"single", "couple", "family"}},
              {.header = "came_by", .draw = TSL__TRAIT_TEXT, .text = {"search", "advertisement", "friend", "partner"}}},
    .category = {"beach", "city", "cruise", "hiking", "business"},
    .channel = {"web", "app", "agency"},
    .event = {{"visit", TSL__EVENT_MINUTES}, {"review", TSL__EVENT_SCORE | TSL__EVENT_NPS}, {"referral", 0},
              {"complaint", TSL__EVENT_SCORE}},
    .kinds = 6,
    .kind = {
        {.name = "ambassadors", .share = .10, .spend = 1500, .orders = 3.2, .life = 6000, .visits = 6, .minutes = 16,
         .score = 4.8, .nps = 9.6, .returns = .02, .weekend = .4, .evening = .5, .category = {3, 3, 2, 3, 0},
         .channel = {4, 5, 2}, .event = {60, 22, 18, .2}, .trait = {{41, 9}, {2, 5, 4}, {1, 0, 8, 1}}},
        {.name = "families", .share = .26, .spend = 2300, .orders = 1.4, .life = 5000, .visits = 3, .minutes = 20,
         .score = 4.1, .nps = 7.8, .returns = .05, .weekend = .5, .evening = .5, .category = {9, 1, 1, 2, 0},
         .channel = {6, 2, 4}, .event = {86, 10, 3, 1}, .trait = {{40, 6}, {0, 1, 9}, {5, 3, 2, 1}}},
        {.name = "business", .share = .12, .spend = 420, .orders = 11, .life = 5000, .visits = 3, .minutes = 5,
         .score = 4, .nps = 7.2, .returns = .12, .weekend = .05, .evening = .2, .category = {0, 1, 0, 0, 9},
         .channel = {5, 6, 1}, .event = {92, 5, 1, 2}, .trait = {{44, 8}, {4, 3, 3}, {3, 1, 1, 5}}},
        {.name = "cruisers", .share = .08, .spend = 5200, .orders = .9, .life = 6000, .visits = 2, .minutes = 28,
         .score = 4.4, .nps = 8.4, .returns = .04, .weekend = .2, .evening = .1, .category = {1, 1, 9, 0, 0},
         .channel = {1, 0, 9}, .event = {78, 16, 5, 1}, .trait = {{66, 7}, {2, 8, 0}, {1, 4, 3, 2}}},
        {.name = "bargain_trips", .share = .30, .spend = 260, .orders = .8, .life = 400, .visits = 2, .minutes = 9,
         .score = 3.3, .nps = 5.2, .returns = .06, .weekend = .5, .evening = .6, .category = {4, 6, 0, 1, 0},
         .channel = {6, 5, 0}, .event = {93, 4, .5, 2.5}, .trait = {{27, 6}, {6, 4, 1}, {4, 7, 1, 0}}},
        {.name = "dreamers", .share = .14, .visits = 2, .minutes = 14, .score = 3.8, .nps = 7, .event = {99, 0, 1, 0},
         .trait = {{35, 12}, {4, 4, 3}, {5, 5, 1, 0}}}},
    .tier = {{"vip", 6000, 0}, {"gold", 3000, 0}, {"silver", 1000, 0}, {"bronze", 200, 0}, {"normal", 0, 0}}, .tier_days = 365,
    .config =
        "# A travel agency. Least spend of the last 365 days of VIP, gold, silver and bronze. Reviews and referrals are\n"
        "# counted; a score is made of bookings and of what a traveller says of the agency.\n"
        "as_of: 2025-01-01\n"
        "transactions:\n"
        "  files: [transactions.csv]\n"
        "  columns:\n"
        "    customer: traveller_id\n"
        "    order: booking_id\n"
        "    time: booked_at\n"
        "    amount: price\n"
        "    category: kind_of_trip\n"
        "customers:\n"
        "  files: [customers.csv]\n"
        "  id: traveller_id\n"
        "interactions:\n"
        "  files: [interactions.csv]\n"
        "  columns:\n"
        "    customer: traveller_id\n"
        "    satisfaction: stars\n"
        "    nps: recommend\n"
        "features:\n"
        "  lines:\n"
        "    - {name: reviews, level: interactions, aggregate: count, filter: kind = 'review', transform: log1p}\n"
        "    - {name: referrals, level: interactions, aggregate: count, filter: kind = 'referral', transform: log1p}\n"
        "tiers:\n"
        "  value: monetary_365d\n"
        "  by: cuts\n"
        "  cuts: [6000, 3000, 1000, 200]\n"
        "score:\n"
        "  bookings: {weight: 0.6, features: {monetary_total: 0.5, frequency: 0.3, recency_days: 0.2}}\n"
        "  voice: {weight: 0.4, features: {referrals: 0.5, reviews: 0.3, nps_last: 0.2}}\n"
        "rules:\n"
        "  voice:\n"
        "    - {code: ambassador, en: Ambassador, zh: 推荐大使, when: referrals >= 1 and nps_last >= 9}\n"
        "    - {code: critic, en: Critic, zh: 贬损者, when: nps_last <= 6}\n",
};
/* clang-format on */
