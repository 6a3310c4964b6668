/* education.c: a platform of courses: enrolments, minutes watched, discussions. */
#include "synth/scenario/scene.h"

/* clang-format off */
const tsl__scene tsl__scene_education = {
    .about = {.name = "education", .summary = "a platform of courses: enrolments, minutes watched, discussions",
              .customers = 40000, .lines = 160000, .interactions = 800000},
    .id = "L", .first_year = 2023, .years = 2, .early = .3,
    .rate_shape = 4, .order_shape = 8, .level_shape = 9,
    .season = {1.4, 1.1, 1.1, .9, .8, .7, .9, 1, 1.5, 1.2, .9, .6},
    .sale = {{"learner_id", TSL__SCENE_CUSTOMER}, {"enrolment_id", TSL__SCENE_ORDER}, {"enrolled_at", TSL__SCENE_TIME},
             {"course", TSL__SCENE_PRODUCT}, {"subject", TSL__SCENE_CATEGORY}, {"fee", TSL__SCENE_AMOUNT}},
    .visit = {{"learner_id", TSL__SCENE_CUSTOMER}, {"at", TSL__SCENE_TIME}, {"activity", TSL__SCENE_EVENT},
              {"minutes", TSL__SCENE_MINUTES}, {"rating", TSL__SCENE_SCORE}},
    .id_header = "learner_id",
    .trait = {{.header = "birth_date", .draw = TSL__TRAIT_BIRTH, .low = 14, .high = 80, .missing = .1},
              {.header = "degree", .draw = TSL__TRAIT_TEXT, .text = {"school", "college", "bachelor", "master"}},
              {.header = "goal", .draw = TSL__TRAIT_TEXT, .text = {"exam", "career", "hobby"}},
              {.header = "paid_by", .draw = TSL__TRAIT_TEXT, .text = {"self", "parents", "employer"}}},
    .category = {"languages", "programming", "business", "design", "mathematics"},
    .event = {{"view", TSL__EVENT_MINUTES}, {"discussion", 0}, {"rating", TSL__EVENT_SCORE},
              {"complaint", TSL__EVENT_SCORE}},
    .kinds = 6,
    .kind = {
        {.name = "devoted", .share = .12, .spend = 95, .orders = 8, .life = 5000, .visits = 14, .minutes = 45,
         .score = 4.7, .weekend = .4, .evening = .6, .category = {2, 6, 2, 2, 3}, .event = {70, 26, 4, .2},
         .trait = {{29, 6}, {1, 2, 5, 4}, {1, 7, 2}, {7, 1, 2}}},
        {.name = "exam_takers", .share = .22, .spend = 70, .orders = 5, .life = 260, .visits = 11, .minutes = 38,
         .score = 4.2, .weekend = .5, .evening = .5, .category = {4, 1, 0, 0, 8}, .event = {90, 7, 2, .5},
         .trait = {{19, 2}, {9, 3, 1, 0}, {9, 1, 0}, {1, 9, 0}}},
        {.name = "company_learners", .share = .18, .spend = 240, .orders = 3, .life = 6000, .visits = 4, .minutes = 25,
         .score = 3.9, .weekend = .05, .evening = .1, .category = {2, 3, 8, 1, 0}, .event = {93, 4, 3, .4},
         .trait = {{38, 8}, {1, 2, 6, 4}, {0, 9, 1}, {0, 0, 9}}},
        {.name = "hobbyists", .share = .18, .spend = 45, .orders = 2.5, .life = 4000, .visits = 3, .minutes = 20,
         .score = 4.4, .weekend = .65, .evening = .5, .category = {5, 1, 0, 6, 0}, .event = {80, 15, 5, .2},
         .trait = {{46, 14}, {2, 3, 4, 2}, {0, 0, 9}, {9, 0, 0}}},
        {.name = "dropouts", .share = .20, .spend = 60, .orders = 1.5, .life = 70, .visits = 2, .minutes = 7,
         .score = 2.8, .weekend = .4, .evening = .5, .category = {3, 5, 2, 2, 2}, .event = {92, 2, 3, 3},
         .trait = {{27, 8}, {3, 3, 3, 1}, {2, 6, 2}, {8, 1, 1}}},
        {.name = "free_viewers", .share = .10, .visits = 2, .minutes = 12, .score = 4, .event = {97, 2, 1, 0},
         .trait = {{24, 8}, {4, 3, 2, 1}, {3, 4, 3}, {9, 1, 0}}}},
    .tier = {{"vip", 800, 0}, {"gold", 400, 0}, {"silver", 150, 0}, {"bronze", 50, 0}, {"normal", 0, 0}}, .tier_days = 365,
    .config =
        "# A platform of courses. Least fees of the last 365 days of VIP, gold, silver and bronze. Minutes watched and\n"
        "# discussions are counted, and a score is made of learning, community and courses.\n"
        "as_of: 2025-01-01\n"
        "transactions:\n"
        "  files: [transactions.csv]\n"
        "  columns:\n"
        "    customer: learner_id\n"
        "    order: enrolment_id\n"
        "    time: enrolled_at\n"
        "    amount: fee\n"
        "    product: course\n"
        "    category: subject\n"
        "customers:\n"
        "  files: [customers.csv]\n"
        "  id: learner_id\n"
        "  columns:\n"
        "    degree: {type: ordinal, order: [school, college, bachelor, master]}\n"
        "interactions:\n"
        "  files: [interactions.csv]\n"
        "  columns:\n"
        "    customer: learner_id\n"
        "    time: at\n"
        "    kind: activity\n"
        "    satisfaction: rating\n"
        "features:\n"
        "  lines:\n"
        "    - {name: minutes_90d, level: interactions, aggregate: sum, source: minutes, window: 90 days, transform: log1p}\n"
        "    - {name: discussions, level: interactions, aggregate: count, filter: activity = 'discussion', transform: log1p}\n"
        "tiers:\n"
        "  value: monetary_365d\n"
        "  by: cuts\n"
        "  cuts: [800, 400, 150, 50]\n"
        "score:\n"
        "  learning: {weight: 0.5, features: {minutes_90d: 0.7, last_interaction_days: 0.3}}\n"
        "  community: {weight: 0.2, features: [discussions]}\n"
        "  courses: {weight: 0.3, features: {frequency: 0.5, recency_days: 0.5}}\n"
        "rules:\n"
        "  learner:\n"
        "    - {code: learning, en: Learning, zh: 学习中, when: minutes_90d >= 60}\n"
        "    - {code: idle, en: Enrolled and idle, zh: 已报名未学, when: frequency >= 1 and recency_days <= 90}\n"
        "    - {code: resting, en: No course at present, zh: 暂无课程, when: frequency >= 1}\n",
};
/* clang-format on */
