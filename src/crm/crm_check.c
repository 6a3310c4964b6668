/* crm_check.c: a look at every row before any is written: what the target would refuse, what a spreadsheet would maul,
 * and which fields are known at all. */
#include "crm/crm_check.h"

#include "crm/crm_mauled.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define EXAMPLES 3

/* What was found wrong. */
typedef struct refusals {
    uint64_t count;
    const char *file; /* of the first */
    tsl__text first;
} refusals;

typedef struct survey_job {
    const tsl__crm_pair *pair;
    const tsl__scored_run *run; /* whose row is looked at */
    tsl__crm_lists *lists;      /* of both */
    const tsl__crm_target *target;
    int wanted[TSL__CRM_FIELDS];
    tsl__crm_survey *out;
    refusals refused;
    uint64_t *seen; /* hashes of ids in small letters; 0: free */
    size_t slots, used;
    char *id; /* that at hand, as a text */
    size_t id_room;
} survey_job;

static void refuse(survey_job *job, size_t field, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void refuse(survey_job *job, size_t field, const char *format, ...)
{
    const tsl__scored_run *run = job->run;
    char what[160];
    va_list args;
    job->refused.file = job->refused.count ? job->refused.file : run->file;
    if (job->refused.count++ >= EXAMPLES) {
        return;
    }
    va_start(args, format);
    tsl__vprint(what, sizeof what, format, args);
    va_end(args);
    tsl__text_puts(&job->refused.first, job->refused.first.length ? "; " : "");
    tsl__scored_run_put_place(run, field, &job->refused.first);
    tsl__text_puts(&job->refused.first, what);
}

/* ---- Ids ------------------------------------------------------------------------------------------ */

static void count_id(const survey_job *job, tsl__crm_ids *of)
{
    if (of->count++ == 0) {
        of->line = job->run->line;
        of->is_earlier = !job->pair->in_run;
    }
}

static size_t count_digits(tsl__span id, size_t from)
{
    size_t n = 0;
    while (from + n < id.n && tsl__is_digit(id.s[from + n])) {
        n++;
    }
    return n;
}

static tsl_status grow(survey_job *job, tsl_error *err)
{
    const size_t slots = job->slots ? 2 * job->slots : 1024;
    tsl_status status = TSL_OK;
    uint64_t *seen = tsl__alloc_zero(slots, sizeof *seen);
    TSL__NEED(seen);
    for (size_t i = 0; i < job->slots; i++) {
        size_t at = (size_t)job->seen[i] & (slots - 1);
        while (job->seen[i] && seen[at]) {
            at = (at + 1) & (slots - 1);
        }
        if (job->seen[i]) {
            seen[at] = job->seen[i];
        }
    }
    free(job->seen);
    job->seen = seen;
    job->slots = slots;
done:
    return status;
}

/* Many a CRM takes C01 and c01 for one. */
static tsl_status look_alike(survey_job *job, tsl__span id, tsl_error *err)
{
    char folded[256];
    tsl_status status = TSL_OK;
    TSL__TRY(2 * (job->used + 1) > job->slots ? grow(job, err) : TSL_OK);
    if (id.n > sizeof folded) {
        return TSL_OK;
    }
    for (size_t i = 0; i < id.n; i++) {
        folded[i] = tsl__lower(id.s[i]);
    }
    const uint64_t hash = tsl__hash64(folded, id.n, 0) | 1;
    size_t at = (size_t)hash & (job->slots - 1);
    while (job->seen[at] && job->seen[at] != hash) {
        at = (at + 1) & (job->slots - 1);
    }
    if (job->seen[at]) {
        count_id(job, &job->out->alike);
    } else {
        job->seen[at] = hash;
        job->used++;
    }
done:
    return status;
}

/* As where a run marks them (tsl__csv_is_marked), which takes a whole text. */
static tsl_status look_for_formula(survey_job *job, tsl__span id, tsl_error *err)
{
    void *text = job->id;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&text, &job->id_room, id.n + 1, 1) == 0);
    job->id = text;
    memcpy(job->id, id.s, id.n);
    job->id[id.n] = '\0';
    if (tsl__csv_is_marked(job->id)) {
        count_id(job, &job->out->formulas);
    }
done:
    return status;
}

static tsl_status look_at_id(survey_job *job, tsl_error *err)
{
    const tsl__span id = job->run->cell[TSL__FIELD_ID];
    tsl__crm_survey *out = job->out;
    tsl_status status = TSL_OK;
    if (!id.n) {
        refuse(job, TSL__FIELD_ID, "is empty");
    }
    if (tsl__is_mauled(id)) {
        count_id(job, &out->mauled);
    }
    TSL__TRY(look_for_formula(job, id, err));
    TSL__TRY(look_alike(job, id, err));
done:
    return status;
}

/* ---- Cells -------------------------------------------------------------------------------------------- */

/* Characters of a text that is UTF-8, as targets count them: in units of UTF-16, of which an emoji is two. Bytes, where
 * those are few enough. */
static size_t count_characters(tsl__span cell, size_t most)
{
    size_t n = 0;
    if (cell.n <= most) {
        return cell.n;
    }
    for (size_t i = 0; i < cell.n; i++) {
        const unsigned char byte = (unsigned char)cell.s[i];
        n += (size_t)((byte & 0xC0) != 0x80) + (byte >= 0xF0);
    }
    return n;
}

/* 1: digits, and perhaps a point amid them: most numbers. */
static int is_decimal(tsl__span cell)
{
    size_t digits = count_digits(cell, 0);
    if (digits && digits < cell.n && cell.s[digits] == '.') {
        const size_t more = count_digits(cell, digits + 1);
        digits = more ? digits + 1 + more : 0;
    }
    return digits == cell.n && cell.n < 300;
}

static void look_at_value(survey_job *job, size_t field, tsl__span cell)
{
    char text[24];
    double number;
    int32_t day;
    switch (tsl__crm_fields[field].kind) {
    case TSL__CRM_DAY:
        memcpy(text, cell.s, cell.n < sizeof text ? cell.n : sizeof text - 1);
        text[cell.n < sizeof text ? cell.n : sizeof text - 1] = '\0';
        if (tsl_day_read(text, &day, NULL) != TSL_OK) {
            refuse(job, field, "is no date, as in 2024-06-30");
        }
        return;
    case TSL__CRM_WHOLE:
    case TSL__CRM_SHARE:
    case TSL__CRM_MONEY:
        if (!is_decimal(cell) && (tsl__double_read(cell.s, cell.n, &number) || !isfinite(number))) {
            refuse(job, field, "is no number");
        }
        return;
    default:
        return;
    }
}

static tsl_status look_at_code(survey_job *job, size_t field, tsl__span cell, tsl_error *err)
{
    tsl__crm_list *list = tsl__crm_lists_get(job->lists, field);
    tsl_status status = TSL_OK;
    char *code = NULL;
    if (!list || tsl__crm_list_find(list, cell.s, cell.n)) {
        goto done;
    }
    if (field != TSL__FIELD_PREVIOUS) {
        refuse(job, field, "is in no list of %s beside it", "summary.json");
        goto done;
    }
    /* a segment that is gone */
    TSL__NEED(code = tsl__strndup(cell.s, cell.n));
    TSL__TRY(tsl__crm_list_add(list, code, (const char *const[TSL_LANGS]){NULL}, -1, err));
done:
    free(code);
    return status;
}

/* 1: it has a character that XML does not have, or that the reader of workbooks parts cells by. */
static int has_no_cell(tsl__span cell)
{
    for (const char *p = memchr(cell.s, 0xEF, cell.n); p; p = memchr(p + 1, 0xEF, cell.n - (size_t)(p + 1 - cell.s))) {
        const size_t left = cell.n - (size_t)(p - cell.s);
        if (left >= 3 && (unsigned char)p[1] == 0xBF && (unsigned char)p[2] >= 0xBE) { /* U+FFFE, U+FFFF */
            return 1;
        }
    }
    return memchr(cell.s, 0x1E, cell.n) || memchr(cell.s, 0x1F, cell.n);
}

static tsl_status look_at_cell(survey_job *job, size_t field, tsl_error *err)
{
    const tsl__crm_target *target = job->target;
    const tsl__span cell = job->run->cell[field];
    const tsl__crm_kind kind = tsl__crm_fields[field].kind;
    const size_t most = kind == TSL__CRM_ID     ? target->id_characters
                        : kind == TSL__CRM_TEXT ? target->text_characters
                                                : target->characters;
    tsl_status status = TSL_OK;
    if (!cell.n) {
        return TSL_OK;
    }
    job->out->known[field] |= job->pair->in_run;
    const size_t characters = count_characters(cell, most);
    if (characters > most) {
        refuse(job, field, "has %zu characters, and %s takes %zu", characters, target->name, most);
    }
    if (target->form == TSL__CRM_FORM_XLSX && kind != TSL__CRM_PICK && has_no_cell(cell)) {
        refuse(job, field, "has a character that no workbook holds");
    }
    look_at_value(job, field, cell);
    TSL__TRY(look_at_code(job, field, cell, err));
done:
    return status;
}

static void count_codes(const survey_job *job)
{
    for (size_t f = 0; f < TSL__CRM_FIELDS; f++) {
        tsl__crm_list *list = tsl__crm_fields[f].kind == TSL__CRM_PICK && f != TSL__FIELD_PREVIOUS
                                  ? tsl__crm_lists_get(job->lists, f)
                                  : NULL;
        const tsl__span cell = job->run->cell[f];
        tsl__crm_value *value = list && cell.n ? tsl__crm_list_find(list, cell.s, cell.n) : NULL;
        if (value) {
            value->customers++;
        }
    }
}

/* ---- All of it -------------------------------------------------------------------------------------------- */

static tsl_status tell_refused(const survey_job *job, tsl_error *err)
{
    const uint64_t count = job->refused.count;
    if (!count) {
        return TSL_OK;
    }
    return tsl__error_set(err, TSL_E_INPUT, "%s: %llu cell%s that %s would refuse: %s%s", job->refused.file,
                          (unsigned long long)count, count == 1 ? "" : "s", job->target->name,
                          job->refused.first.failed ? "" : job->refused.first.data, count > EXAMPLES ? "; ..." : "");
}

static tsl_status look_at_row(survey_job *job, tsl_error *err)
{
    const tsl__crm_pair *pair = job->pair;
    const int is_told = !pair->in_run || !pair->in_since || tsl__crm_pair_moves(pair); /* where he was before */
    tsl_status status = TSL_OK;
    job->run = tsl__crm_pair_get(pair);
    TSL__TRY(look_at_id(job, err));
    for (size_t f = 0; f < TSL__CRM_FIELDS; f++) {
        const int is_written = job->wanted[f] && (is_told || (f != TSL__FIELD_PREVIOUS && f != TSL__FIELD_CHANGED_ON));
        TSL__TRY(is_written ? look_at_cell(job, f, err) : TSL_OK);
    }
    if (pair->in_run) {
        count_codes(job);
        job->out->customers++;
    }
done:
    return status;
}

tsl_status tsl__crm_survey_take(tsl__crm_pair *pair, const tsl_export_options *opt, tsl__crm_survey *out,
                                tsl_error *err)
{
    survey_job job = {.pair = pair, .lists = &pair->run->lists, .target = &tsl__crm_targets[opt->target], .out = out};
    tsl_status status = TSL_OK;
    *out = (tsl__crm_survey){.customers = 0};
    for (size_t f = 0; f < TSL__CRM_FIELDS; f++) {
        job.wanted[f] = 1;
    }
    for (size_t i = 0; i < opt->field_count; i++) {
        job.wanted[tsl__crm_field_find(opt->field[i].field)] = !opt->field[i].left_out;
    }
    for (;;) {
        TSL__TRY(tsl__crm_pair_read(pair, err));
        if (!pair->in_run && !pair->in_since) {
            break;
        }
        TSL__TRY(tsl__crm_pair_hides(pair) ? TSL_OK : look_at_row(&job, err));
    }
    TSL__TRY(out->customers ? TSL_OK : tsl__error_set(err, TSL_E_INPUT, "%s: holds no customer", pair->run->file));
    TSL__TRY(tell_refused(&job, err));
done:
    tsl__text_free(&job.refused.first);
    free(job.seen);
    free(job.id);
    return status;
}

/* ---- Values of lists ------------------------------------------------------------------------------------ */

/* What is wrong with a value for a program that takes it as it is; NULL: nothing. */
static const char *find_fault(const tsl__crm_target *target, const char *text)
{
    return *target->forbidden && strpbrk(text, target->forbidden) ? "has a character that its lists do not take"
           : tsl__csv_is_marked(text)                             ? "begins as a formula does"
           : strpbrk(text, "\r\n\t")                              ? "is more than one line"
                                                                  : NULL;
}

tsl_status tsl__crm_lists_check(const tsl__crm_lists *lists, const tsl__crm_target *target, const char *summary,
                                tsl_error *err)
{
    for (int l = 0; l < TSL__CRM_LISTS && target->refuses; l++) {
        for (size_t i = 0; i < lists->of[l].count; i++) {
            const tsl__crm_value *value = &lists->of[l].value[i];
            const char *const texts[] = {value->code, value->name[0], value->name[1]};
            for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
                /* names of lists that hold sentences are text to programs that go by codes */
                const char *fault =
                    l == TSL__LIST_ACTIONS && t && !tsl__csv_is_marked(texts[t]) ? NULL : find_fault(target, texts[t]);
                if (fault) {
                    return tsl__error_set(err, TSL_E_INPUT,
                                          "%s: %s: \"%s\" %s, so that %s would refuse it: another "
                                          "name can be given where the run is made (names:, tiers:, lifecycle:)",
                                          summary, value->code, texts[t], fault, target->name);
                }
            }
        }
    }
    return TSL_OK;
}
