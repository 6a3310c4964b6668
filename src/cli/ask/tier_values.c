/* tier_values.c: lists of shares and of cuts that tell tiers, and of weights that tell the score: from text, to JSON.
 */
#include "cli/ask/tier_values.h"

#include "cli/ask/list_values.h"
#include "cli/system/arena.h"
#include "cli/system/fail.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* As the label options have them; they grow in the arena. */
typedef struct share_list {
    double *item;
    size_t count;
} share_list;

typedef struct cut_list {
    tsl_tier_cut *item;
    size_t count;
} cut_list;

/* As a part of the score has them; both grow in the arena. */
typedef struct weight_list {
    const char **name;
    double *weight;
    size_t count;
} weight_list;

_Static_assert(offsetof(tsl_score_group, feature_weight) - offsetof(tsl_score_group, feature) ==
                       offsetof(weight_list, weight) &&
                   offsetof(tsl_score_group, feature_count) - offsetof(tsl_score_group, feature) ==
                       offsetof(weight_list, count),
               "a part has its features like a list");

#define LIES_LIKE(list, field)                                                                                         \
    _Static_assert(offsetof(tsl_label_options, field##_count) - offsetof(tsl_label_options, field) ==                  \
                       offsetof(list, count),                                                                          \
                   "the label options have it like a list")
LIES_LIKE(share_list, tier_share);
LIES_LIKE(cut_list, tier_cut);

static int add_share(void *list, const char *text, tsl_error *err)
{
    share_list *to = list;
    const size_t length = strlen(text);
    const int percent = length > 1 && text[length - 1] == '%';
    double value;
    if (tsl_number_read(percent ? cli_copy(text, length - 1) : text, &value, err) != TSL_OK) {
        return -1;
    }
    value = percent ? value / 100 : value;
    if (!(value >= 0 && value <= 1)) {
        return -1;
    }
    to->item = cli_grow(to->item, to->count, sizeof *to->item);
    to->item[to->count++] = value;
    return 0;
}

static const char *write_cut(const tsl_tier_cut *cut)
{
    return cli_format("%s%.15g", cut->above ? ">" : "", cut->least);
}

/* "50000": from it on; ">50000": only over it. */
static int add_cut(void *list, const char *text, tsl_error *err)
{
    cut_list *to = list;
    tsl_tier_cut cut = {.above = *text == '>'};
    const char *number = text + cut.above;
    number += cut.above && *number == ' ';
    if (tsl_number_read(number, &cut.least, err) != TSL_OK || !isfinite(cut.least)) {
        return -1;
    }
    const tsl_tier_cut *last = to->count ? &to->item[to->count - 1] : NULL;
    if (last && !(cut.least < last->least || (cut.least == last->least && last->above && !cut.above))) {
        return (int)cli_fail(err, TSL_E_OPTION, "the cuts must fall, but %s is followed by %s", write_cut(last),
                             write_cut(&cut));
    }
    if (cut.least < 0 || (cut.least == 0 && !cut.above)) {
        return (int)cli_fail(err, TSL_E_OPTION,
                             "a cut is over 0, or >0, not %s: values of 0 and less are in the last tier",
                             write_cut(&cut));
    }
    to->item = cli_grow(to->item, to->count, sizeof *to->item);
    to->item[to->count++] = cut;
    return 0;
}

int cli_tier_shares_add(void *target, const char *text, tsl_error *err)
{
    share_list list;
    memcpy(&list, target, sizeof list);
    const int bad = cli_parts_add(&list, text, add_share, err);
    memcpy(target, &list, sizeof list);
    return bad;
}

int cli_tier_cuts_add(void *target, const char *text, tsl_error *err)
{
    cut_list list;
    memcpy(&list, target, sizeof list);
    const int bad = cli_parts_add(&list, text, add_cut, err);
    memcpy(target, &list, sizeof list);
    return bad;
}

int cli_weight_add(void *target, const char *name, double weight)
{
    weight_list list;
    memcpy(&list, target, sizeof list);
    if (!*name || weight == 0 || !isfinite(weight)) {
        return -1;
    }
    list.name = cli_grow(list.name, list.count, sizeof *list.name);
    list.weight = cli_grow(list.weight, list.count, sizeof *list.weight);
    list.name[list.count] = name;
    list.weight[list.count++] = weight;
    memcpy(target, &list, sizeof list);
    return 0;
}

json_t *cli_weights_build_json(const void *target)
{
    weight_list list;
    json_t *object = json_object();
    memcpy(&list, target, sizeof list);
    for (size_t i = 0; i < list.count; i++) {
        json_object_set_new(object, list.name[i], json_real(list.weight[i]));
    }
    return object;
}

json_t *cli_tier_shares_build_json(const void *target)
{
    share_list list;
    memcpy(&list, target, sizeof list);
    return cli_numbers_build_json(list.item, list.count);
}

json_t *cli_tier_cuts_build_json(const void *target)
{
    cut_list list;
    json_t *array = json_array();
    memcpy(&list, target, sizeof list);
    for (size_t i = 0; i < list.count; i++) {
        json_array_append_new(array, list.item[i].above ? json_string(write_cut(&list.item[i]))
                                                        : json_real(list.item[i].least));
    }
    return array;
}
