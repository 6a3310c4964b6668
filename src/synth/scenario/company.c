/* company.c: the company of the textbook: of its customers 60 % are active, 30 % potential, 10 % lost. */
#include "synth/scenario/scene.h"

/* clang-format off */
const tsl__scene tsl__scene_company = {
    .about = {.name = "company", .summary = "a company of the textbook: 60 % active, 30 % potential, 10 % lost",
              .customers = 1000000, .lines = 2000000, .interactions = 500000},
    .id = "C", .first_year = 2023, .years = 2, .early = .3,
    .rate_shape = 4, .order_shape = 5, .level_shape = 5,
    .season = {.55, .5, .6, .6, .65, .6, .5, .5, .65, .7, .95, 1},
    .sale = {{"customer_id", TSL__SCENE_CUSTOMER}, {"order_id", TSL__SCENE_ORDER}, {"timestamp", TSL__SCENE_TIME},
             {"quantity", TSL__SCENE_QUANTITY}, {"amount", TSL__SCENE_AMOUNT}, {"product", TSL__SCENE_PRODUCT},
             {"category", TSL__SCENE_CATEGORY}, {"channel", TSL__SCENE_CHANNEL}, {"payment", TSL__SCENE_PAYMENT}},
    .visit = {{"customer_id", TSL__SCENE_CUSTOMER}, {"timestamp", TSL__SCENE_TIME}, {"kind", TSL__SCENE_EVENT},
              {"minutes", TSL__SCENE_MINUTES}, {"pages", TSL__SCENE_PAGES}, {"satisfaction", TSL__SCENE_SCORE}},
    .id_header = "customer_id",
    .trait = {{.header = "birth_date", .draw = TSL__TRAIT_BIRTH, .low = 18, .high = 99},
              {.header = "gender", .draw = TSL__TRAIT_TEXT, .missing = .02, .text = {"F", "M"}},
              {.header = "income", .draw = TSL__TRAIT_NORMAL, .low = 9000, .high = 400000, .grain = 1000, .missing = .05},
              {.header = "education", .draw = TSL__TRAIT_TEXT,
               .text = {"basic", "secondary", "bachelor", "master", "doctorate"}},
              {.header = "occupation", .draw = TSL__TRAIT_TEXT,
               .text = {"student", "clerk", "worker", "professional", "manager", "retired"}},
              {.header = "region", .draw = TSL__TRAIT_TEXT,
               .text = {"north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"}},
              {.header = "member", .draw = TSL__TRAIT_TEXT, .text = {"yes", "no"}}},
    .category = {"grocery", "household", "fashion", "beauty", "electronics", "sports", "toys", "garden"},
    .channel = {"store", "web", "app"},
    .payment = {"card", "cash", "wallet", "invoice"},
    .event = {{"visit", TSL__EVENT_MINUTES | TSL__EVENT_PAGES}, {"service", TSL__EVENT_SCORE},
              {"complaint", TSL__EVENT_SCORE}},
    .kinds = 7,
    .kind = {
        /* often, full baskets, daily needs, in the store */
        {.name = "families", .share = .18, .spend = 60, .orders = 4, .life = 20000, .basket = .3, .returns = .02,
         .visits = 2, .weekend = .55, .evening = .25, .minutes = 6, .score = 4.2,
         .category = {9, 7, 3, 2, 1, 2, 4, 2}, .channel = {8, 1, 1}, .payment = {6, 3, 1, 0}, .event = {90, 8, 2},
         .trait = {{41, 7}, {.65, .35}, {52000, 16000}, {1, 4, 3, 1, .1}, {.2, 4, 3, 3, 2}, {0}, {.7, .3}}},
        /* few, dear things, on the web */
        {.name = "professionals", .share = .10, .spend = 260, .orders = 3, .life = 20000, .basket = .1, .returns = .06,
         .visits = 3, .weekend = .35, .evening = .5, .minutes = 9, .score = 4,
         .category = {1, 1, 3, 1, 8, 4, 1, 1}, .channel = {1, 8, 2}, .payment = {8, 0, 1, 2}, .event = {90, 8, 2},
         .trait = {{44, 8}, {.4, .6}, {98000, 30000}, {0, 1, 4, 5, 2}, {0, 1, 0, 6, 5}, {0}, {.5, .5}}},
        /* fashion and beauty by phone, in the evening, much sent back */
        {.name = "young", .share = .14, .spend = 65, .orders = 3, .life = 6000, .basket = .15, .returns = .16,
         .visits = 5, .weekend = .4, .evening = .7, .minutes = 12, .score = 3.8,
         .category = {1, 1, 9, 6, 2, 3, 0, 0}, .channel = {1, 2, 9}, .payment = {3, 0, 8, 2}, .event = {94, 5, 1},
         .trait = {{25, 4}, {.7, .3}, {27000, 8000}, {1, 5, 4, 1}, {6, 2, 2, 1}, {0}, {.35, .65}}},
        /* small baskets by day, cash */
        {.name = "old", .share = .12, .spend = 32, .orders = 3, .life = 20000, .basket = .2, .returns = .01,
         .visits = .6, .weekend = .15, .evening = .03, .minutes = 4, .score = 4.4,
         .category = {7, 5, 1, 1, 1, 0, 1, 5}, .channel = {9, 1, 0}, .payment = {2, 8, 0, 1}, .event = {70, 25, 5},
         .trait = {{70, 6}, {.55, .45}, {31000, 9000}, {4, 5, 1, .5, .1}, {0, 0, .3, .2, .2, 9}, {0}, {.6, .4}}},
        /* cheap, seldom, at the weekend */
        {.name = "bargain_hunters", .share = .09, .spend = 22, .orders = 2.2, .life = 3500, .basket = .1, .returns = .08,
         .visits = 2, .weekend = .7, .evening = .45, .minutes = 8, .score = 3.4,
         .category = {2, 4, 4, 2, 1, 2, 4, 1}, .channel = {2, 7, 3}, .payment = {4, 2, 4, 1}, .event = {88, 8, 4},
         .trait = {{35, 10}, {.5, .5}, {33000, 10000}, {3, 5, 2, .5}, {1, 3, 5, 1, .3, 1}, {0}, {.15, .85}}},
        /* once, a present, and soon gone */
        {.name = "passers_by", .share = .07, .spend = 45, .orders = .5, .life = 40, .basket = .05, .returns = .03,
         .visits = .7, .weekend = .5, .evening = .35, .minutes = 5, .score = 3.8,
         .category = {0, 1, 2, 2, 2, 2, 8, 1}, .channel = {3, 6, 1}, .payment = {7, 2, 1, 0}, .event = {92, 7, 1},
         .trait = {{48, 14}, {.5, .5}, {46000, 14000}, {2, 4, 3, 1, .2}, {1, 3, 3, 2, 1, 2}, {0}, {.02, .98}}},
        /* registered, never bought */
        {.name = "prospects", .share = .30, .visits = 1.5, .minutes = 5, .score = 3.6, .event = {92, 7, 1},
         .trait = {{33, 11}, {.5, .5}, {38000, 12000}, {2, 4, 3, 1, .1}, {3, 3, 3, 2, .5, .5}, {0}, {.05, .95}}}},
    .tier = {{"vip", 2000, 0}, {"gold", 800, 0}, {"silver", 300, 0}, {"bronze", 100, 0}, {"normal", 0, 0}}, .tier_days = 365,
    .config =
        "# Where the tables are, the order of an ordinal column, by what customers are VIP, gold, silver, bronze, and which rules\n"
        "# tell who is active and who is loyal.\n"
        "as_of: 2025-01-01\n"
        "transactions:\n"
        "  files: [transactions.csv]\n"
        "customers:\n"
        "  files: [customers.csv]\n"
        "  columns:\n"
        "    education: {type: ordinal, order: [basic, secondary, bachelor, master, doctorate]}\n"
        "interactions:\n"
        "  files: [interactions.csv]\n"
        "tiers:\n"
        "  value: monetary_365d\n"
        "  by: cuts\n"
        "  cuts: [2000, 800, 300, 100]\n"
        "rules: {activity: default, loyalty: default}\n"
        "lifecycle: {lost_factor: 2.4} # by which a tenth of the customers are lost, as the firm has it\n",
};
/* clang-format on */
