/* export_text.c: a tree as text: the whole of it, then each segment's rule and what it is worth. */
#include "output/export/export.h"

#include "base/error.h"

#include <string.h>

#define CURVE_LINES 8

/* A rule of several leaves, one below the other. */
static void put_rule(const tsl__export *of, const char *rule, tsl__text *out)
{
    const char *joint = of->lang == 1 ? "；或 " : "; or ", *lead = "";
    for (const char *next; (next = strstr(rule, joint)) != NULL; rule = next + strlen(joint)) {
        tsl__text_printf(out, "  %s%.*s\n", lead, (int)(next - rule), rule);
        lead = of->lang == 1 ? "或 " : "or ";
    }
    tsl__text_printf(out, "  %s%s\n", lead, rule);
}

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
    tsl__text_printf(out, zh ? "\n客群 %d" : "\nSegment %d", segment + 1);
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
    put_rule(of, rule, out);
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
    tsl_rule *rule = NULL;
    char *tree = NULL;
    TSL__TRY(tsl_rules_get_tree(of->tree, of->opt.lang, &tree, err));
    TSL__TRY(tsl_rules_build(of->model, &rule, err));
    tsl__text_puts(out, tree);
    for (int s = 0; s < of->tree->k; s++) {
        put_segment(of, s, rule[s].words[of->lang], out);
    }
    put_curve(of, out);
done:
    tsl_text_free(tree);
    tsl_rules_free(rule, rule ? (size_t)tsl_model_get_groups(of->model) : 0);
    return status;
}
