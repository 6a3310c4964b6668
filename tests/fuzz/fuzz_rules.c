/* fuzz_rules.c: any text as the condition of a class: it is refused with a message, or holds, fails or is not known of
 * each customer, as a whole and by its operands alike; and where it is said to contradict itself it holds for nobody.
 */
#include "label/rules/rules.h"

#include "fuzz/fuzz_table.h"

#include <math.h>

enum { FREQUENCY, RECENCY, MARRIED, RANK, FEATURES, CUSTOMERS = 8 };

#define TEXT(text) ((char *)(uintptr_t)(text))
#define FEATURE(name_, form_)                                                                                          \
    {                                                                                                                  \
        .name = TEXT(name_), .entry = TEXT(""), .column = TEXT(""), .form = (form_)                                    \
    }

static tsl_feature feature[FEATURES] = {FEATURE("frequency", TSL_FORM_NUMBER), FEATURE("recency_days", TSL_FORM_NUMBER),
                                        FEATURE("Married", TSL_FORM_BOOLEAN), FEATURE("Education", TSL_FORM_NUMBER)};
static double x[CUSTOMERS * FEATURES] = {0, NAN, 1, 1, 1, 1, 0, 2, 2, 40, NAN, NAN, 1.5,  30,   1, 2,
                                         7, 0,   0, 1, 4, 4, 1, 1, 5, 5,  1,   2,   1e15, 1e30, 0, 1};
static int32_t region[CUSTOMERS] = {0, 1, -1, 0, 1, 1, 0, -1}, education[CUSTOMERS] = {0, 1, -1, 1, 0, 0, 1, 0};
static char *regions[] = {TEXT("North"), TEXT("南")}, *schools[] = {TEXT("School"), TEXT("College")};
static tsl_category category[] = {{TEXT("Region"), 0, region, regions, 2},
                                  {TEXT("Education"), 1, education, schools, 2}};
static tsl_recipe recipe = {.feature_count = FEATURES, .feature = feature};
static tsl_features features = {.customers = CUSTOMERS,
                                .recipe = &recipe,
                                .feature_count = FEATURES,
                                .feature = feature,
                                .x = x,
                                .category_count = 2,
                                .category = category,
                                .as_of = 19800};

static tsl_policy_segment segments[] = {{.code = TEXT("CHAMP")}, {.code = TEXT("S2")}};
static tsl_tier_name tiers[] = {{"vip", {"VIP", "VIP"}}, {"gold", {"Gold", "金卡"}}};
static tsl_policy policy = {.segment_count = 2, .segment = segments, .tier_count = 2, .tier_name = tiers};
static int32_t customer_segment[CUSTOMERS] = {1, 2, 1, 2, 1, 2, 1, 2};
static int8_t tier[CUSTOMERS] = {0, 1, 1, 0, 0, 1, 1, 1},
              stage[CUSTOMERS] = {TSL_POTENTIAL, TSL_NEW, TSL_ACTIVE, TSL_LOST, TSL_AT_RISK, -1, TSL_MATURE, TSL_NEW};
static double value[CUSTOMERS] = {NAN, 0, -1.5, 1000, 1000.0001, 7, 1e14, .3};
static const tsl_labels labels = {.features = &features,
                                  .policy = &policy,
                                  .customers = CUSTOMERS,
                                  .has_tiers = 1,
                                  .has_lifecycle = 1,
                                  .customer_segment = customer_segment,
                                  .customer_tier = tier,
                                  .customer_stage = stage,
                                  .value = value};

/* Of all operands together: 1, 0, -1. */
static int holds(const tsl__class_program *program, size_t customer)
{
    int all = 1;
    for (size_t i = 0; i < program->count; i++) {
        const int one = tsl__rule_program_get(&program->condition[i], &labels, customer);
        FUZZ_MUST(one >= -1 && one <= 1);
        all = all == 0 || one == 0 ? 0 : all < 0 || one < 0 ? -1 : 1;
    }
    return all;
}

static tsl_status open_class(const char *when, const tsl__rule_names *names, tsl__class_program *out)
{
    const tsl_rule_class of = {"set", "class", {"Class", "类"}, when, "f.yaml:1"};
    tsl_error err = {TSL_OK, ""};
    const tsl_status status = tsl__class_program_open(&of, names, out, &err);
    FUZZ_MUST((status == TSL_OK) == (err.message[0] == '\0') && status != TSL_E_NOMEM);
    return status;
}

/* In brackets nothing is parted. */
static void take_whole(const char *when, const tsl__rule_names *names, const tsl__class_program *parted)
{
    tsl__class_program whole;
    const size_t size = strlen(when) + 3;
    char *text = malloc(size);
    FUZZ_MUST(text);
    snprintf(text, size, "(%s)", when);
    if (open_class(text, names, &whole) == TSL_OK) { /* it may be one level too deep, or have too many operands */
        for (size_t i = 0; i < CUSTOMERS; i++) {
            FUZZ_MUST(holds(&whole, i) == holds(parted, i));
        }
    }
    tsl__class_program_free(&whole);
    free(text);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    static tsl__rule_names names; /* for all texts */
    tsl__class_program program;
    tsl_error err;
    char *when = malloc(size + 1);
    FUZZ_MUST(when && (names.count || tsl__rule_names_open(&labels, &names, &err) == TSL_OK));
    memcpy(when, data, size);
    when[size] = '\0';
    if (open_class(when, &names, &program) == TSL_OK) {
        const int contradicts = tsl__class_program_contradicts(&program);
        for (size_t i = 0; i < CUSTOMERS; i++) {
            FUZZ_MUST(!(contradicts && holds(&program, i) == 1));
        }
        take_whole(when, &names, &program);
    }
    tsl__class_program_free(&program);
    free(when);
    return 0;
}
