/* vocabulary.c: what stages are called, and the phases that a business groups them into: one table of states. */
#include <tesela/label.h>

#include "base/text.h"

#include <string.h>

static const struct {
    const char *code, *names[TSL_LANGS];
} stages[TSL_STAGES] = {
    [TSL_POTENTIAL] = {"potential", {"Potential", "潜在"}},
    [TSL_NEW] = {"new", {"New", "新客"}},
    [TSL_ACTIVE] = {"active", {"Active", "活跃"}},
    [TSL_MATURE] = {"mature", {"Mature", "成熟"}},
    [TSL_AT_RISK] = {"at_risk", {"At risk", "预警"}},
    [TSL_LOST] = {"lost", {"Lost", "流失"}},
    [TSL_REACTIVATED] = {"reactivated", {"Reactivated", "唤回"}},
};

/* Phases in the order in which a customer goes through them, and that of each stage. */
static const struct {
    const char *name;
    tsl_phase phase[TSL_PHASES_MAX];
    unsigned char of[TSL_STAGES];
} vocabularies[TSL_VOCABULARIES] = {
    [TSL_VOCABULARY_DEFAULT] =
        {"default",
         {{"potential", {"Potential", "潜在"}}, {"active", {"Active", "活跃"}}, {"lost", {"Lost", "流失"}}},
         {[TSL_NEW] = 1, [TSL_ACTIVE] = 1, [TSL_MATURE] = 1, [TSL_AT_RISK] = 1, [TSL_LOST] = 2, [TSL_REACTIVATED] = 1}},
    [TSL_VOCABULARY_ACQUIRE] =
        {"acquire",
         {{"acquire", {"Acquire", "获取"}},
          {"develop", {"Develop", "发展"}},
          {"maintain", {"Maintain", "维护"}},
          {"win_back", {"Win back", "挽留"}}},
         {[TSL_NEW] = 1, [TSL_ACTIVE] = 1, [TSL_MATURE] = 2, [TSL_AT_RISK] = 3, [TSL_LOST] = 3, [TSL_REACTIVATED] = 1}},
    [TSL_VOCABULARY_CLASSIC] =
        {"classic",
         {{"potential", {"Potential", "潜在客户"}},
          {"new", {"New", "新客户"}},
          {"existing", {"Existing", "老客户"}},
          {"lost", {"Lost", "流失客户"}}},
         {[TSL_NEW] = 1, [TSL_ACTIVE] = 2, [TSL_MATURE] = 2, [TSL_AT_RISK] = 2, [TSL_LOST] = 3, [TSL_REACTIVATED] = 2}},
};

const char *tsl_stage_get_code(tsl_stage stage)
{
    return (unsigned)stage < TSL_STAGES ? stages[stage].code : "?";
}

const char *tsl_stage_get_name(tsl_stage stage, const char *lang)
{
    return (unsigned)stage < TSL_STAGES ? stages[stage].names[strcmp(lang, "zh") == 0] : "?";
}

const char *tsl_stage_basis_get_name(tsl_stage_basis basis)
{
    static const char *const names[] = {"auto", "alive", "gaps"};
    return (unsigned)basis < sizeof names / sizeof *names ? names[basis] : NULL;
}

const char *tsl_vocabulary_get_name(tsl_vocabulary vocabulary)
{
    return (unsigned)vocabulary < TSL_VOCABULARIES ? vocabularies[vocabulary].name : NULL;
}

const tsl_phase *tsl_vocabulary_get_phases(tsl_vocabulary vocabulary, size_t *count)
{
    const tsl_phase *phase = (unsigned)vocabulary < TSL_VOCABULARIES ? vocabularies[vocabulary].phase : NULL;
    *count = 0;
    while (phase && *count < TSL_PHASES_MAX && phase[*count].code) {
        ++*count;
    }
    return phase;
}

size_t tsl_vocabulary_get_index(tsl_vocabulary vocabulary, tsl_stage stage)
{
    const int known = (unsigned)vocabulary < TSL_VOCABULARIES && (unsigned)stage < TSL_STAGES;
    return known ? vocabularies[vocabulary].of[stage] : 0;
}

const char *tsl_policy_get_stage_name(const tsl_policy *policy, tsl_stage stage, int lang)
{
    const tsl_vocabulary of = policy->vocabulary;
    const char *given = policy->stage_names[stage][lang];
    const char *phase = vocabularies[of].phase[vocabularies[of].of[stage]].names[lang];
    return given ? given : of == TSL_VOCABULARY_DEFAULT ? stages[stage].names[lang] : phase;
}
