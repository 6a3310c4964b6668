/* bank.c: a bank that tells its customers' worth by assets, by how often they do business, and by their credit score.
 */
#include "synth/scenario/scene.h"

/* clang-format off */
const tsl__scene tsl__scene_bank = {
    .about = {.name = "bank", .summary = "a bank: assets, frequency of transactions, credit score",
              .customers = 100000, .lines = 2000000, .interactions = 500000},
    .id = "A", .first_year = 2023, .years = 2, .early = .8,
    .rate_shape = 5, .order_shape = 1.5, .level_shape = 6,
    .sale = {{"account_id", TSL__SCENE_CUSTOMER}, {"transaction_id", TSL__SCENE_ORDER}, {"booked_at", TSL__SCENE_TIME},
             {"amount", TSL__SCENE_AMOUNT}, {"product", TSL__SCENE_CATEGORY}, {"channel", TSL__SCENE_CHANNEL}},
    .visit = {{"account_id", TSL__SCENE_CUSTOMER}, {"contacted_at", TSL__SCENE_TIME}, {"kind", TSL__SCENE_EVENT},
              {"minutes", TSL__SCENE_MINUTES}, {"satisfaction", TSL__SCENE_SCORE}},
    .id_header = "account_id",
    .trait = {{.header = "assets", .draw = TSL__TRAIT_SKEWED, .low = 0, .high = 1e9, .grain = 100},
              {.header = "credit_score", .draw = TSL__TRAIT_NORMAL, .low = 300, .high = 850, .missing = .03},
              {.header = "birth_date", .draw = TSL__TRAIT_BIRTH, .low = 18, .high = 95},
              {.header = "income", .draw = TSL__TRAIT_NORMAL, .low = 0, .high = 2000000, .grain = 500, .missing = .06},
              {.header = "occupation", .draw = TSL__TRAIT_TEXT,
               .text = {"student", "employee", "official", "self-employed", "executive", "retired"}},
              {.header = "mortgage", .draw = TSL__TRAIT_TEXT, .text = {"yes", "no"}}},
    .category = {"payment", "transfer", "investment", "loan", "insurance"},
    .channel = {"app", "branch", "machine", "telephone"},
    .event = {{"visit", TSL__EVENT_MINUTES}, {"service", TSL__EVENT_MINUTES | TSL__EVENT_SCORE},
              {"complaint", TSL__EVENT_SCORE}},
    .kinds = 6,
    .kind = {
        {.name = "private_banking", .share = .03, .spend = 9000, .orders = 14, .life = 15000, .visits = 5, .weekend = .1,
         .evening = .2, .minutes = 40, .score = 4.6, .category = {2, 3, 9, 1, 2}, .channel = {3, 6, 0, 3},
         .event = {5, 4, .2}, .trait = {{3000000, 2.5}, {790, 25}, {58, 10}, {320000, 90000}, {0, 1, 1, 3, 8, 4}, {.3, .7}}},
        {.name = "affluent", .share = .12, .spend = 1400, .orders = 20, .life = 12000, .visits = 3, .weekend = .2,
         .evening = .4, .minutes = 22, .score = 4.3, .category = {5, 4, 5, 1, 2}, .channel = {6, 3, 1, 1},
         .event = {6, 3, .2}, .trait = {{320000, 3}, {755, 30}, {49, 10}, {120000, 30000}, {0, 4, 3, 3, 4, 2}, {.5, .5}}},
        {.name = "salaried", .share = .40, .spend = 180, .orders = 16, .life = 12000, .visits = 1.5, .weekend = .3,
         .evening = .45, .minutes = 9, .score = 4, .category = {9, 4, 1, 1, 1}, .channel = {8, 1, 3, .5},
         .event = {8, 2, .2}, .trait = {{22000, 2}, {700, 40}, {39, 9}, {46000, 11000}, {0, 9, 5, 1, 1, 0}, {.35, .65}}},
        {.name = "students", .share = .13, .spend = 38, .orders = 13, .life = 9000, .visits = 2, .weekend = .4,
         .evening = .6, .minutes = 5, .score = 3.9, .category = {9, 3, 0, 1, 0}, .channel = {9.5, .2, 2, 0},
         .event = {9, 1, .1}, .trait = {{2600, 1.6}, {640, 35}, {22, 2}, {9000, 4000}, {9, 1}, {0, 1}}},
        {.name = "borrowers", .share = .14, .spend = 420, .orders = 9, .life = 8000, .visits = 3, .weekend = .2,
         .evening = .3, .minutes = 18, .score = 3.4, .category = {4, 2, 0, 9, 2}, .channel = {5, 3, 2, 3},
         .event = {4, 5, 1.2}, .trait = {{4500, 1.5}, {560, 45}, {41, 9}, {38000, 12000}, {0, 6, 2, 5, .3, .5}, {.6, .4}}},
        {.name = "dormant", .share = .18, .spend = 90, .orders = 2, .life = 300, .visits = .4, .weekend = .3,
         .evening = .3, .minutes = 7, .score = 3.3, .category = {6, 4, 0, 0, 0}, .channel = {3, 3, 4, 1},
         .event = {6, 3, 1}, .trait = {{1500, 1.2}, {660, 60}, {46, 16}, {31000, 13000}, {1, 4, 2, 2, .3, 3}, {.1, .9}}}},
    .tier = {{"vip", 1000000, 0}, {"gold", 200000, 0}, {"silver", 50000, 0}, {"bronze", 5000, 0}, {"normal", 0, 0}}, .tier_trait = "assets",
    .config =
        "# A bank. A score of assets, transactions and credit; tiers go by assets alone: the least ones of VIP, gold, silver and\n"
        "# bronze.\n"
        "as_of: 2025-01-01\n"
        "transactions:\n"
        "  files: [transactions.csv]\n"
        "  columns:\n"
        "    customer: account_id\n"
        "    order: transaction_id\n"
        "    time: booked_at\n"
        "    amount: amount\n"
        "    category: product\n"
        "customers:\n"
        "  files: [customers.csv]\n"
        "  id: account_id\n"
        "  columns:\n"
        "    assets: {type: number, group: value}\n"
        "    credit_score: {type: number, group: value}\n"
        "interactions:\n"
        "  files: [interactions.csv]\n"
        "  columns:\n"
        "    customer: account_id\n"
        "    time: contacted_at\n"
        "cluster:\n"
        "  basis: core+assets,credit_score\n"
        "score:\n"
        "  assets: {weight: 0.5, features: [assets]}\n"
        "  transactions: {weight: 0.3, features: {frequency: 0.6, recency_days: 0.4}}\n"
        "  credit: {weight: 0.2, features: [credit_score]}\n"
        "tiers:\n"
        "  value: assets\n"
        "  by: cuts\n"
        "  cuts: [1000000, 200000, 50000, 5000]\n",
};
/* clang-format on */
