/* export_text.c: a tree as text: the whole of it, then each segment's rule and what it is worth. */
#include "output/export/export.h"

#include "base/error.h"
#include "output/wording/rule_wording.h"

#define CURVE_LINES 8

/* What its rows weigh, which the share is of; nothing where they count once each, as a target's rows do that are
 * counted as weights. */
static void put_weight(const tsl__export *of, int segment, tsl__text *out)
{
    const tsl_model *model = of->model;
    const double *weight = model->weights_hash ? model->sweep->candidate[model->sweep->best].weight : NULL;
    if (weight) {
        const double own = segment < model->k ? weight[segment] : model->class_weight[segment - model->k];
        tsl__text_puts(out, of->lang == 1 ? "，权重 " : ", weight ");
        char number[32];
        tsl__shown_write(own, 2, number);
        tsl__text_puts(out, number);
    }
}

/* ": Loyal", where there are names. */
static void put_own_name(const tsl__export *of, int segment, tsl__text *out)
{
    if (of->policy) {
        tsl__text_puts(out, of->lang == 1 ? "：" : ": ");
        tsl__export_put_name(of, segment, of->lang, out);
    }
}

static void put_segment(const tsl__export *of, int segment, const char *rule, tsl__text *out)
{
    const tsl_tree *tree = of->tree;
    const int zh = of->lang == 1;
    tsl__text_printf(out, zh ? "\n客群 %d" : "\nSegment %d", tsl_policy_get_number(of->policy, (size_t)segment));
    put_own_name(of, segment, out);
    if (tsl_model_get_size(of->model, segment) == 0) {
        tsl__text_puts(out, zh ? "（无人）\n" : " (nobody)\n");
    } else {
        tsl__text_puts(out, zh ? "（" : " (");
        tsl__export_put_count(tsl_model_get_size(of->model, segment), out);
        put_weight(of, segment, out);
        tsl__text_puts(out, zh ? "，" : ", ");
        tsl__export_put_share(tsl_model_get_share(of->model, segment), out);
        tsl__text_puts(out, zh ? "），准确率 " : "), precision ");
        tsl__export_put_share(tree->precision[segment], out);
        tsl__text_puts(out, zh ? "，覆盖率 " : ", coverage ");
        tsl__export_put_share(tree->coverage[segment], out);
        tsl__text_puts(out, zh ? "，提升度 " : ", lift ");
        tsl__export_put_lift(tsl_rules_get_lift(of->model, segment), out);
        tsl__text_puts(out, "\n");
    }
    tsl__text_printf(out, "  %s\n", rule);
}

/* Leaves against price: some points of the curve, evenly, and the last. */
static void put_curve(const tsl__export *of, tsl__text *out)
{
    const tsl_tree *tree = of->tree;
    const size_t step = (tree->curve_count + CURVE_LINES - 1) / CURVE_LINES;
    if (tree->curve_count) {
        tsl__text_puts(out, of->lang == 1 ? "\n叶数  代价    一致率\n" : "\nLeaves  Price   Agreement\n");
    }
    for (size_t i = 0; i < tree->curve_count; i++) {
        if (i % step == 0 || i + 1 == tree->curve_count) {
            const tsl_tree_point *point = &tree->curve[i];
            tsl__text_printf(out, of->lang == 1 ? "%4d  %.4f  " : "%6d  %.4f  ", point->leaves, point->cost_ratio);
            tsl__export_put_share(point->agreement, out);
            tsl__text_puts(out, "\n");
        }
    }
}

tsl_status tsl__export_text(const tsl__export *of, tsl__text *out, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *tree = NULL, **rule = NULL;
    TSL__TRY(tsl__rules_get_tree(of->tree, of->policy, of->opt.lang, &tree, err));
    /* a rule of several leaves: one below the other */
    TSL__TRY(tsl__rules_get_told(of->model, of->opt.lang, of->lang == 1 ? "\n  或 " : "\n  or ", &rule, err));
    tsl__text_puts(out, tree);
    for (int s = 0; s < of->tree->k; s++) {
        put_segment(of, s, rule[s], out);
    }
    put_curve(of, out);
done:
    tsl_text_free(tree);
    tsl_texts_free(rule, rule ? (size_t)of->tree->k : 0);
    return status;
}
