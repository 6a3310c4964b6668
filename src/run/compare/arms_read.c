/* arms_read.c: who was treated and who was held back: two files of ids, or a column of a table of customers. */
#include <tesela/run.h>

#include "base/alloc.h"
#include "base/dict.h"
#include "base/error.h"
#include "base/options.h"
#include "base/text.h"
#include "table/cell/pseudonyms.h"
#include "table/suppression_read.h"

#include <stdlib.h>
#include <string.h>

enum { NEITHER = -1, BOTH = -2 };

void tsl_arms_defaults(tsl_arms_options *opt, size_t size)
{
    const tsl_arms_options full = {.size = sizeof full};
    tsl__options_give(opt, size, &full, sizeof full);
}

static tsl_status take_options(const tsl_arms_options *given, tsl_arms_options *opt, tsl_error *err)
{
    TSL_DEFAULTS(arms, opt);
    const tsl_status status = tsl__options_take("arms", opt, sizeof *opt, given, err);
    return status == TSL_OK && opt->treated && !opt->column
               ? tsl__error_set(err, TSL_E_OPTION, "treated: goes with the column that it stands in")
               : status;
}

tsl_status tsl_arms_check(const tsl_arms_options *opt, tsl_error *err)
{
    tsl_arms_options full;
    tsl__error_reset(err);
    return take_options(opt, &full, err);
}

void tsl_arms_free(tsl_arms *arms)
{
    if (arms) {
        free(arms->of);
        free(arms);
    }
}

/* ---- Customers by their ids ----------------------------------------------------------------------- */

typedef struct work {
    tsl_arms *out;
    tsl__dict *ids;   /* of the roster, by row */
    tsl__dict *named; /* every id that was named ... */
    int8_t *arm;      /* ... and its arm, BOTH, or NEITHER where a cell is empty */
    size_t room;
    tsl__pseudonymiser *maker; /* NULL: ids stand as in the roster */
    tsl__text cell;            /* an id as a CSV file of ours has it */
} work;

/* Whose ids are pseudonyms by the key. */
static tsl_status open_key(const tsl_roster *roster, const tsl_pseudonyms *key, work *w, tsl_error *err)
{
    const char *had = roster->features ? roster->features->recipe->pseudonyms : NULL;
    tsl_status status = TSL_OK;
    if (!key) {
        return TSL_OK;
    }
    TSL__TRY(had ? tsl__pseudonyms_check_key(roster->name, had, tsl__pseudonyms_find_fingerprint(key), err) : TSL_OK);
    TSL__TRY(tsl__pseudonymiser_open(key, &w->maker, err));
done:
    return status;
}

static tsl_status index_roster(const tsl_roster *roster, work *w, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(w->ids = tsl__dict_open());
    TSL__NEED(w->named = tsl__dict_open());
    for (size_t i = 0; i < roster->customers; i++) {
        TSL__TRY(tsl__dict_add(w->ids, roster->id[i], strlen(roster->id[i])) < 0 ? tsl__error_nomem(err) : TSL_OK);
    }
done:
    return status;
}

static tsl_status name_one(work *w, const char *id, int arm, tsl_error *err)
{
    const size_t known = tsl__dict_get_count(w->named);
    const int32_t code = tsl__dict_add(w->named, id, strlen(id));
    void *arms = w->arm;
    tsl_status status = TSL_OK;
    TSL__NEED(code >= 0 && tsl__reserve(&arms, &w->room, known + 1, sizeof *w->arm) == 0);
    w->arm = arms;
    if ((size_t)code == known || w->arm[code] == NEITHER) {
        w->arm[code] = (int8_t)arm;
    } else if (w->arm[code] == (int8_t)arm) {
        w->out->again[arm]++;
    } else if (arm != NEITHER) {
        w->arm[code] = BOTH;
    }
done:
    return status;
}

/* The row of an id as a person or a CRM writes it, or as a CSV file of ours does; -1: none. */
static tsl_status find_row(work *w, const char *id, int32_t *row, tsl_error *err)
{
    tsl__pseudonym_forms form;
    tsl_status status = TSL_OK;
    *row = tsl__dict_get(w->ids, id, strlen(id));
    if (*row < 0 && tsl__csv_is_marked(id)) {
        tsl__text_clear(&w->cell);
        tsl__text_csv_cell(&w->cell, id);
        TSL__NEED(!w->cell.failed);
        *row = tsl__dict_get(w->ids, w->cell.data, w->cell.length);
    }
    if (*row < 0 && w->maker) {
        TSL__TRY(tsl__pseudonymiser_put_forms(w->maker, id, &form, err));
        for (int f = 0; f < TSL__PSEUDONYM_FORMS && *row < 0; f++) {
            *row = tsl__dict_get(w->ids, form[f], TSL_PSEUDONYM_CHARS);
        }
    }
done:
    return status;
}

static tsl_status settle(work *w, tsl_error *err)
{
    tsl_arms *out = w->out;
    tsl_status status = TSL_OK;
    for (size_t n = 0; n < tsl__dict_get_count(w->named); n++) {
        size_t length;
        int32_t row;
        TSL__TRY(find_row(w, tsl__dict_get_text(w->named, (int32_t)n, &length), &row, err));
        const int8_t arm = w->arm[n];
        for (int a = 0; a < TSL_ARMS; a++) {
            const int counts = arm == a || arm == BOTH;
            out->given[a] += (uint64_t)counts;
            out->unknown[a] += (uint64_t)(counts && row < 0);
        }
        out->both += arm == BOTH;
        out->unsaid += arm == NEITHER;
        if (row >= 0 && arm >= 0) {
            out->of[row] = arm;
        }
    }
done:
    return status;
}

/* ---- Files of ids ------------------------------------------------------------------------------------ */

/* A first row that no customer of the runs is called by, above others, names the column. */
static tsl_status find_header(work *w, const tsl_partition *ids, int *header, tsl_error *err)
{
    int32_t row = 0;
    tsl_status status = TSL_OK;
    const int can_be = !ids->file->header && ids->rows > 1 && ids->label[0] >= 0;
    TSL__TRY(can_be ? find_row(w, ids->name[ids->label[0]], &row, err) : TSL_OK);
    *header = can_be && row < 0 ? ids->label[0] : NEITHER;
done:
    return status;
}

static tsl_status add_file(work *w, const tsl_source *source, tsl_arm arm, const tsl_arms_options *opt,
                           const tsl_exec *exec, tsl_error *err)
{
    tsl_partition *ids = NULL;
    int header;
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__ids_read(source, opt->id, exec, &ids, err));
    w->out->blank[arm] = ids->unlabelled;
    TSL__TRY(find_header(w, ids, &header, err));
    for (size_t r = 0; r < ids->rows; r++) {
        const int32_t which = ids->label[r];
        TSL__TRY(which < 0 || which == header ? TSL_OK : name_one(w, ids->name[which], (int)arm, err));
    }
done:
    tsl_partition_free(ids);
    return status;
}

/* ---- A column ------------------------------------------------------------------------------------------- */

/* What texts say of themselves. */
static int read_answer(const char *text)
{
    static const char *const said[TSL_ARMS][12] = {
        {"1", "yes", "y", "true", "t", "treated", "treatment", "test", "是", "实验组", "实验", NULL},
        {"0", "no", "n", "false", "f", "control", "holdout", "hold-out", "否", "对照组", "对照", NULL}};
    for (int arm = 0; arm < TSL_ARMS; arm++) {
        for (const char *const *one = said[arm]; *one; one++) {
            if (tsl__is_same_folded(text, *one)) {
                return arm;
            }
        }
    }
    return NEITHER;
}

static tsl_status refuse_text(const tsl_partition *p, const char *text, tsl_error *err)
{
    return tsl__error_set(err, TSL_E_INPUT,
                          "%s: %s: does \"%s\" mean treated, or not? --treated-value says what stands there of one who "
                          "was",
                          p->file->name, p->column, text);
}

/* arm: of each different text of the column. */
static tsl_status read_answers(const tsl_partition *p, const char *treated, int *arm, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int any = 0;
    for (int i = 0; i < p->k; i++) {
        arm[i] = !treated ? read_answer(p->name[i]) : strcmp(p->name[i], treated) == 0 ? TSL_TREATED : TSL_CONTROL;
        any |= arm[i] == TSL_TREATED;
        TSL__TRY(arm[i] == NEITHER ? refuse_text(p, p->name[i], err) : TSL_OK);
    }
    if (treated && !any) {
        tsl__text near = {0};
        tsl__nearest_put(&near, treated, (const char *const *)p->name, (size_t)p->k);
        status = tsl__error_set(err, TSL_E_OPTION, "%s: %s: \"%s\" stands nowhere in it%s", p->file->name, p->column,
                                treated, near.data ? near.data : "");
        tsl__text_free(&near);
    }
done:
    return status;
}

static tsl_status add_column(work *w, const tsl_source *source, const tsl_arms_options *opt, const tsl_exec *exec,
                             tsl_error *err)
{
    tsl_partition_options how;
    tsl_partition *p = NULL;
    int *arm = NULL;
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(partition, &how);
    how.column = opt->column;
    how.id = opt->id ? opt->id : "CustomerID";
    TSL__TRY(tsl_partition_read(source, &how, exec, &p, err));
    TSL__TRY(p->id
                 ? TSL_OK
                 : tsl__error_set(err, TSL_E_OPTION,
                                  "%s: which column holds the ids of the customers is not said (--id)", p->file->name));
    TSL__NEED(arm = tsl__alloc((size_t)p->k, sizeof *arm));
    TSL__TRY(read_answers(p, opt->treated, arm, err));
    for (size_t r = 0; r < p->rows; r++) {
        TSL__TRY(name_one(w, p->id[r], p->label[r] < 0 ? NEITHER : arm[p->label[r]], err));
    }
done:
    tsl_partition_free(p);
    free(arm);
    return status;
}

/* ---- All of it -------------------------------------------------------------------------------------------- */

tsl_status tsl_arms_read(const tsl_roster *roster, const tsl_source *treated, const tsl_source *control,
                         const tsl_arms_options *opt, const tsl_exec *exec, tsl_arms **out, tsl_error *err)
{
    tsl_arms_options full;
    work w = {.out = NULL};
    tsl_status status = TSL_OK;
    *out = NULL;
    tsl__error_reset(err);
    TSL__TRY(take_options(opt, &full, err));
    TSL__NEED(w.out = tsl__alloc_zero(1, sizeof *w.out));
    w.out->customers = roster->customers;
    TSL__NEED(w.out->of = tsl__alloc(roster->customers, sizeof *w.out->of));
    memset(w.out->of, NEITHER, roster->customers);
    TSL__TRY(open_key(roster, full.pseudonyms, &w, err));
    TSL__TRY(index_roster(roster, &w, err));
    TSL__TRY(full.column ? add_column(&w, treated, &full, exec, err)
                         : add_file(&w, treated, TSL_TREATED, &full, exec, err));
    TSL__TRY(control ? add_file(&w, control, TSL_CONTROL, &full, exec, err) : TSL_OK);
    TSL__TRY(settle(&w, err));
    w.out->has_control = w.out->given[TSL_CONTROL] > 0;
    *out = w.out;
    w.out = NULL;
done:
    tsl_arms_free(w.out);
    tsl__dict_free(w.ids);
    tsl__dict_free(w.named);
    tsl__pseudonymiser_free(w.maker);
    tsl__text_free(&w.cell);
    free(w.arm);
    return status;
}
