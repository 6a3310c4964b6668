/* explanation_wording.c: why a customer is in his segment, in words: where distance and the tree put him, his way
 * through it, and the nearest change that would move him. */
#include "output/wording/explanation_wording.h"

#include "base/error.h"
#include "output/wording/rule_wording.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 4 }; /* of a value */

/* The words of a language; %s: a number. */
typedef struct explanation_words {
    const char *yes, *no, *unknown, *other;
    const char *is; /* a level */
    const char *customer, *apart, *sure, *runner_up, *only;
    const char *by_tree, *also_by_tree, *leaf, *here;
    const char *moves, *tree, *distance;
    const char *would, *and, *now;
    const char *value;                                          /* "label of 43" */
    const char *within, *ago, *now_ago, *first, *second, *more; /* purchases */
    const char *none_tree, *none_distance, *none_apart, *none_leaf, *stop;
} explanation_words;

static const explanation_words languages[TSL_LANGS] = {
    {.yes = "yes",
     .no = "no",
     .unknown = "unknown",
     .other = "another one",
     .is = " is ",
     .customer = "Customer ",
     .apart = "; set apart by a rule",
     .sure = "; confidence ",
     .runner_up = ", next ",
     .only = "; there is no other segment",
     .by_tree = "The tree puts this customer there, too:\n",
     .also_by_tree = "The tree puts this customer elsewhere, into ",
     .leaf = "The rules of the tree whose leaf the segment is:\n",
     .here = " (here ",
     .moves = "What would change it, all else being equal:\n",
     .tree = "  by the tree: ",
     .distance = "  by distance: ",
     .would = "would become \"",
     .and = " and ",
     .now = " (now ",
     .value = " of ",
     .within = "a purchase in the last %s days",
     .ago = "a purchase %s days ago",
     .now_ago = " (now %s days ago)",
     .first = "a first purchase",
     .second = "a second purchase day",
     .more = "%s more purchase days",
     .none_tree = "no change of one value, or of two, ends in another segment",
     .none_distance = "no change of one value, within the range of the customers, makes another centre the nearest",
     .none_apart = "a rule decides, not distance",
     .none_leaf = "the rules of the tree decide, not distance",
     .stop = ")"},
    {.yes = "是",
     .no = "否",
     .unknown = "未知",
     .other = "其他值",
     .is = " 为 ",
     .customer = "客户 ",
     .apart = "；按规则单独划分",
     .sure = "；置信度 ",
     .runner_up = "，其次为",
     .only = "；没有其他客群",
     .by_tree = "解释树也将该客户划入此客群：\n",
     .also_by_tree = "解释树将该客户划入另一客群：",
     .leaf = "该客群是树的一个叶，规则如下：\n",
     .here = "（实际 ",
     .moves = "其他不变时，以下变化会改变其客群：\n",
     .tree = "  按解释树：",
     .distance = "  按距离：",
     .would = "会成为“",
     .and = " 且 ",
     .now = "（现为 ",
     .value = " 为 ",
     .within = "最近 %s 天内有一次购买",
     .ago = "%s 天前有一次购买",
     .now_ago = "（现为 %s 天前）",
     .first = "有首次购买",
     .second = "有第二个购买日",
     .more = "再有 %s 个购买日",
     .none_tree = "改变一个或两个值都不会到达另一客群",
     .none_distance = "在现有客户的取值范围内，改变一个值不会使另一中心成为最近",
     .none_apart = "由规则决定，而非距离",
     .none_leaf = "由树的规则决定，而非距离",
     .stop = "）"},
};

/* One explanation in one language. */
typedef struct explanation_voice {
    const tsl_explanation *of;
    const tsl_features *features;
    const double *x;
    const char *lang;
    int index;
    const explanation_words *words;
    tsl__text *out;
} explanation_voice;

static tsl_status open_voice(const tsl_explanation *of, const char *lang, tsl__text *out, explanation_voice *voice,
                             tsl_error *err)
{
    tsl_status status = TSL_OK;
    const tsl_features *features = of->labels->features;
    *voice = (explanation_voice){.of = of, .features = features, .lang = lang, .out = out};
    voice->x = features->x + of->customer * features->feature_count;
    TSL__TRY(tsl_lang_read(lang, &voice->index, err));
    voice->words = &languages[voice->index];
done:
    return status;
}

/* ---- Values --------------------------------------------------------------------- */

static void put_number(double value, tsl__text *out)
{
    char number[32];
    tsl__shown_write(value, PLACES, number);
    tsl__text_puts(out, number);
}

/* The value of the category that a level is of. */
static const char *find_level(const explanation_voice *voice, const tsl_feature *of)
{
    for (size_t f = 0; f < voice->features->feature_count; f++) {
        const tsl_feature *feature = &voice->features->feature[f];
        if (feature->form == TSL_FORM_VALUE && feature->block == of->block && voice->x[f] > 0 && !feature->rest) {
            return feature->level;
        }
    }
    return voice->words->other;
}

static void put_value(const explanation_voice *voice, size_t f, double value)
{
    const tsl_feature *feature = &voice->features->feature[f];
    if (isnan(value)) {
        tsl__text_puts(voice->out, voice->words->unknown);
    } else if (feature->form == TSL_FORM_VALUE) {
        tsl__text_puts(voice->out, find_level(voice, feature));
    } else if (feature->form == TSL_FORM_BOOLEAN) {
        tsl__text_puts(voice->out, value > 0 ? voice->words->yes : voice->words->no);
    } else {
        put_number(value, voice->out);
    }
}

void tsl__explanation_put_value(const tsl_explanation *of, size_t feature, int lang, tsl__text *out)
{
    explanation_voice voice;
    if (open_voice(of, tsl_lang_get_code(lang), out, &voice, NULL) == TSL_OK) {
        put_value(&voice, feature, voice.x[feature]);
    }
}

/* ---- Changes ---------------------------------------------------------------------- */

/* "a purchase in the last %s days", a number within; of one it is a day. */
static void put_with(const explanation_voice *voice, const char *words, double number)
{
    char text[32];
    tsl__shown_write(number, PLACES, text);
    const char *mark = strstr(words, "%s");
    tsl__text_append(voice->out, words, (size_t)(mark - words));
    tsl__text_join(voice->out, text);
    const char *days = strcmp(text, "1") == 0 ? strstr(mark, "days") : NULL;
    if (days) {
        tsl__text_append(voice->out, mark + 2, (size_t)(days - mark) + 1);
        tsl__text_puts(voice->out, days + 4);
    } else {
        tsl__text_puts(voice->out, mark + 2);
    }
}

static int is_called(const explanation_voice *voice, const tsl_change *change, const char *name)
{
    return strcmp(voice->features->feature[change->feature].name, name) == 0;
}

/* Purchases have words of their own; 0: it is another change. */
static int put_purchase(const explanation_voice *voice, const tsl_change *change, int by_tree)
{
    const explanation_words *words = voice->words;
    if (is_called(voice, change, "recency_days") && change->to < change->now && (!by_tree || isinf(change->low))) {
        put_with(voice, by_tree ? words->within : words->ago, by_tree ? change->high : change->to);
        put_with(voice, words->now_ago, change->now);
        return 1;
    }
    if (by_tree && is_called(voice, change, "purchase_days") && change->to > change->now && isinf(change->high)) {
        const double more = floor(change->low) - change->now + 1;
        if (more == 1 && change->now <= 1) {
            tsl__text_puts(voice->out, change->now == 0 ? words->first : words->second);
        } else {
            put_with(voice, words->more, more);
        }
        return 1;
    }
    return 0;
}

/* The tree's bound, of which only the side that is in the way is told where that is all. */
static tsl_status put_bound(const explanation_voice *voice, const tsl_change *change, tsl_error *err)
{
    const tsl_tree *tree = voice->of->model->tree;
    const tsl_feature *feature = &voice->features->feature[change->feature];
    tsl_tree_bound bound = {.low = change->low, .high = change->high, .yes = -1};
    tsl_status status = TSL_OK;
    char *text = NULL;
    while (strcmp(tree->column[bound.column].name, feature->name) != 0) {
        bound.column++;
    }
    bound.yes = feature->form == TSL_FORM_NUMBER ? -1 : change->to > 0;
    TSL__TRY(tsl__rules_get_bound(tree, &bound, voice->lang, &text, err));
    tsl__text_join(voice->out, text);
done:
    tsl_text_free(text);
    return status;
}

static tsl_status put_nearest(const explanation_voice *voice, const tsl_change *change, tsl_error *err)
{
    const tsl_feature *feature = &voice->features->feature[change->feature];
    tsl_status status = TSL_OK;
    char *label = NULL;
    TSL__TRY(tsl_feature_get_label(feature->name, voice->lang, &label, err));
    tsl__text_join(voice->out, label);
    tsl__text_puts(voice->out, feature->form == TSL_FORM_BOOLEAN ? voice->words->is : voice->words->value);
    put_value(voice, change->feature, change->to);
done:
    tsl_text_free(label);
    return status;
}

static tsl_status put_change(const explanation_voice *voice, const tsl_change *change, int by_tree, tsl_error *err)
{
    tsl_status status = TSL_OK;
    if (put_purchase(voice, change, by_tree)) {
        return TSL_OK;
    }
    TSL__TRY(by_tree ? put_bound(voice, change, err) : put_nearest(voice, change, err));
    tsl__text_puts(voice->out, voice->words->now);
    put_value(voice, change->feature, change->now);
    tsl__text_puts(voice->out, voice->words->stop);
done:
    return status;
}

/* ---- Segments and moves --------------------------------------------------------------- */

static const char *get_name(const explanation_voice *voice, int segment)
{
    return voice->of->labels->policy->segment[segment - 1].names[voice->index];
}

static int get_number(const explanation_voice *voice, int segment)
{
    return tsl_policy_get_number(voice->of->labels->policy, (size_t)segment - 1);
}

static void put_segment(const explanation_voice *voice, int segment)
{
    char number[32];
    tsl__print(number, sizeof number, voice->index == 1 ? "客群 %d，" : "segment %d, ", get_number(voice, segment));
    tsl__text_puts(voice->out, number);
    tsl__text_puts(voice->out, get_name(voice, segment));
}

static tsl_status put_move(const explanation_voice *voice, const tsl_move *move, int by_tree, tsl_error *err)
{
    const explanation_words *words = voice->words;
    tsl_status status = TSL_OK;
    if (move->segment == 0) {
        tsl__text_puts(voice->out, by_tree                     ? words->none_tree
                                   : voice->of->set_apart      ? words->none_apart
                                   : voice->of->model->by_tree ? words->none_leaf
                                                               : words->none_distance);
        return TSL_OK;
    }
    tsl__text_puts(voice->out, words->would);
    tsl__text_puts(voice->out, get_name(voice, move->segment));
    put_with(voice, voice->index == 1 ? "”（客群 %s），若" : "\" (segment %s) with ", get_number(voice, move->segment));
    for (size_t c = 0; c < move->count; c++) {
        tsl__text_puts(voice->out, c ? words->and : "");
        TSL__TRY(put_change(voice, &move->change[c], by_tree, err));
    }
done:
    return status;
}

tsl_status tsl__explanation_put_move(const tsl_explanation *of, const tsl_move *move, int by_tree, const char *lang,
                                     tsl__text *out, tsl_error *err)
{
    explanation_voice voice;
    tsl_status status = TSL_OK;
    TSL__TRY(open_voice(of, lang, out, &voice, err));
    TSL__TRY(put_move(&voice, move, by_tree, err));
done:
    return status;
}

/* ---- The whole ---------------------------------------------------------------------------- */

static void put_head(const explanation_voice *voice)
{
    const tsl_labels *labels = voice->of->labels;
    const size_t i = voice->of->customer;
    const explanation_words *words = voice->words;
    tsl__text_puts(voice->out, words->customer);
    tsl__text_puts(voice->out, voice->features->id ? voice->features->id[i] : "");
    tsl__text_puts(voice->out, voice->index == 1 ? "：" : ": ");
    put_segment(voice, voice->of->segment);
    if (voice->of->set_apart) {
        tsl__text_puts(voice->out, words->apart);
    } else if (labels->runner_up[i] == 0) {
        tsl__text_puts(voice->out, words->only);
    } else if (!voice->of->model->by_tree) { /* which no distance made */
        tsl__text_puts(voice->out, words->sure);
        put_number(labels->confidence[i], voice->out);
        tsl__text_puts(voice->out, words->runner_up);
        put_segment(voice, labels->runner_up[i]);
    }
    tsl__text_puts(voice->out, "\n");
}

static tsl_status put_way(const explanation_voice *voice, tsl_error *err)
{
    const tsl_explanation *of = voice->of;
    const tsl_tree *tree = of->model->tree;
    tsl_status status = TSL_OK;
    char **step = NULL;
    TSL__TRY(tsl__rules_get_steps(tree, voice->lang, &step, err));
    tsl__text_puts(voice->out, "\n");
    if (of->tree_segment == of->segment) {
        tsl__text_puts(voice->out, of->model->by_tree ? voice->words->leaf : voice->words->by_tree);
    } else {
        tsl__text_puts(voice->out, voice->words->also_by_tree);
        put_segment(voice, of->tree_segment);
        tsl__text_puts(voice->out, voice->index == 1 ? "：\n" : ":\n");
    }
    for (size_t w = 0; w < of->way_count; w++) {
        const int32_t column = tree->node[tree->node[of->way[w]].parent].column;
        const size_t feature = tsl_features_get_index(voice->features, tree->column[column].name);
        tsl__text_puts(voice->out, "  ");
        tsl__text_puts(voice->out, step[of->way[w]]);
        tsl__text_puts(voice->out, voice->words->here);
        put_value(voice, feature, voice->x[feature]);
        tsl__text_puts(voice->out, voice->words->stop);
        tsl__text_puts(voice->out, "\n");
    }
done:
    tsl_texts_free(step, step ? tree->node_count : 0);
    return status;
}

tsl_status tsl__explanation_put(const tsl_explanation *of, const char *lang, tsl__text *out, tsl_error *err)
{
    explanation_voice voice;
    tsl_status status = TSL_OK;
    TSL__TRY(open_voice(of, lang, out, &voice, err));
    put_head(&voice);
    if (of->tree_segment) {
        TSL__TRY(put_way(&voice, err));
    }
    tsl__text_puts(out, "\n");
    tsl__text_puts(out, voice.words->moves);
    if (of->tree_segment) {
        tsl__text_puts(out, of->model->by_tree ? "  " : voice.words->tree);
        TSL__TRY(put_move(&voice, &of->by_tree, 1, err));
        tsl__text_puts(out, "\n");
    }
    if (!of->model->by_tree) {
        tsl__text_puts(out, voice.words->distance);
        TSL__TRY(put_move(&voice, &of->by_distance, 0, err));
        tsl__text_puts(out, "\n");
    }
done:
    return status;
}
