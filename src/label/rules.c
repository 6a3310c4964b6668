/* rules.c: what the explanation tree says of each cluster, for readers and for
 * programs. */
#include <tesela/label.h>

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>

/* Every cluster's words in one language. */
static tsl_status fill(const tsl_tree *tree, int lang, tsl_rule *rule, tsl_error *err)
{
    const char *code = tsl_lang_get_code(lang);
    char **label = NULL;
    tsl_status status = tsl_feature_get_labels(tree->name, tree->cols, code, &label, err);
    for (int c = 0; c < tree->k && status == TSL_OK; c++) {
        status = tsl_tree_get_rule(tree, c, label, code, &rule[c].words[lang], err);
    }
    tsl_texts_free(label, label ? tree->cols : 0);
    return status;
}

tsl_status tsl_rules_build(const tsl_model *model, tsl_rule **out, tsl_error *err)
{
    const tsl_tree *tree = model->tree;
    size_t k = (size_t)model->k;
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl_rule *rule = tsl__alloc_zero(k, sizeof *rule);
    if (!rule) {
        return tsl__error_nomem(err);
    }
    for (int lang = 0; tree && lang < TSL_LANGS && status == TSL_OK; lang++) {
        status = fill(tree, lang, rule, err);
    }
    for (int c = 0; tree && c < tree->k && status == TSL_OK; c++) {
        status = tsl_tree_get_rule(tree, c, NULL, "en", &rule[c].condition, err);
    }
    if (status != TSL_OK) {
        tsl_rules_free(rule, k);
        return status;
    }
    *out = rule;
    return TSL_OK;
}

void tsl_rules_free(tsl_rule *rule, size_t count)
{
    for (size_t c = 0; rule && c < count; c++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            free(rule[c].words[lang]);
        }
        free(rule[c].condition);
    }
    free(rule);
}
