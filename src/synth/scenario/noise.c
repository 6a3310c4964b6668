/* noise.c: customers of one kind: whatever groups are found in them are made, not found. */
#include "synth/scenario/scene.h"

/* clang-format off */
const tsl__scene tsl__scene_noise = {
    .about = {.name = "noise", .summary = "customers of one kind: there are no groups",
              .customers = 20000, .lines = 120000, .interactions = 60000},
    .id = "N", .first_year = 2023, .years = 2,
    .rate_shape = 2, .order_shape = 5, .level_shape = 5,
    .sale = {{"customer_id", TSL__SCENE_CUSTOMER}, {"order_id", TSL__SCENE_ORDER}, {"timestamp", TSL__SCENE_TIME},
             {"amount", TSL__SCENE_AMOUNT}},
    .visit = {{"customer_id", TSL__SCENE_CUSTOMER}, {"timestamp", TSL__SCENE_TIME}, {"kind", TSL__SCENE_EVENT},
              {"minutes", TSL__SCENE_MINUTES}},
    .id_header = "customer_id",
    .trait = {{.header = "age", .draw = TSL__TRAIT_EVEN, .low = 18, .high = 80},
              {.header = "distance_km", .draw = TSL__TRAIT_EVEN, .low = 0, .high = 50, .places = 1},
              {.header = "city", .draw = TSL__TRAIT_TEXT, .text = {"A", "B", "C", "D"}}},
    .event = {{"visit", TSL__EVENT_MINUTES}},
    .kinds = 1,
    .kind = {{.name = "everyone", .share = 1, .spend = 60, .orders = 6, .life = 1500, .visits = 1, .weekend = 2.0 / 7,
              .evening = .4, .minutes = 10, .trait = {{18, 80}, {0, 50}}}},
    .config =
        "as_of: 2025-01-01\n"
        "transactions:\n"
        "  files: [transactions.csv]\n"
        "customers:\n"
        "  files: [customers.csv]\n"
        "interactions:\n"
        "  files: [interactions.csv]\n",
};
/* clang-format on */
