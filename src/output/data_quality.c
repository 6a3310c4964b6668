/*
 * data_quality.c: the tables as they stand, as one JSON document, described by docs/check.schema.json. A number that is
 * not known is null; what names people is null unless it is asked for.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/error.h"
#include "base/options.h"
#include "output/chinese/note_wording.h"
#include "output/json/finding_json.h"
#include "output/json/json.h"
#include "output/report/page.h"
#include "output/write.h"

#include <tesela/output.h>

#define FORMAT_VERSION 1

static const char *const quantiles[TSL_PROFILE_QUANTILES] = {"p01", "p05", "p25", "p50", "p75", "p95", "p99"};

void tsl_data_quality_defaults(tsl_data_quality *quality, size_t size)
{
    const tsl_data_quality full = {.size = sizeof full, .lang = "en", .as_of = TSL_NO_DAY};
    tsl__options_give(quality, size, &full, sizeof full);
}

/* ---- Columns ---------------------------------------------------------------------------- */

static int is_time(const tsl_column_profile *c)
{
    return c->type == TSL_TYPE_TIME || c->type == TSL_TYPE_DATE || c->type == TSL_TYPE_BIRTH;
}

/* A number, or a time as ISO text: a day alone where all of the column are. */
static json_t *value_json(const tsl_column_profile *c, double value, int known)
{
    if (!known || value != value) {
        return json_null();
    }
    if (!is_time(c)) {
        return tsl__json_number(value);
    }
    const int64_t day = TSL__DAY_SECONDS, low = (int64_t)c->low, high = (int64_t)c->high;
    return tsl__json_time((int64_t)value, low % day != 0 || high % day != 0);
}

/* The shortest decimal that the value is but for the rounding of its calculation, of numbers between these. */
static double shorten(double value, double low, double high)
{
    const double rounding = ldexp(fmax(fabs(low), fabs(high)), -48);
    double ten = 1;
    while (fabs(value) * ten < (double)TSL__GREATEST_WHOLE) {
        const double near = round(value * ten) / ten;
        if (fabs(near - value) <= rounding) {
            return near + 0.0; /* and not -0 */
        }
        ten *= 10;
    }
    return value;
}

/* What is computed between the least and the greatest. */
static json_t *between_json(const tsl_column_profile *c, double value)
{
    return value_json(c, is_time(c) ? value : shorten(value, c->low, c->high), 1);
}

static void add_range(tsl__json *doc, json_t *column, const tsl_column_profile *c, int shown)
{
    const int known = c->has_range && shown, adds = known && !is_time(c);
    tsl__json_set(doc, column, "min", value_json(c, c->low, known));
    tsl__json_set(doc, column, "max", value_json(c, c->high, known));
    tsl__json_set(doc, column, "sum", value_json(c, c->sum, adds));
    tsl__json_set(doc, column, "mean", value_json(c, c->mean, adds));
    if (!known || !c->exact) {
        tsl__json_set(doc, column, "quantiles", json_null());
        return;
    }
    json_t *object = tsl__json_set_object(doc, column, "quantiles");
    for (int q = 0; q < TSL_PROFILE_QUANTILES; q++) {
        tsl__json_set(doc, object, quantiles[q], between_json(c, c->quantile[q]));
    }
}

static void add_histogram(tsl__json *doc, json_t *column, const tsl_column_profile *c, int shown)
{
    if (!c->bin_count || !shown) {
        tsl__json_set(doc, column, "histogram", json_null());
        return;
    }
    json_t *histogram = tsl__json_set_object(doc, column, "histogram");
    json_t *edges = tsl__json_set_array(doc, histogram, "edges"), *counts;
    for (size_t i = 0; i <= c->bin_count; i++) {
        const double part = (double)i / (double)c->bin_count;
        tsl__json_push(doc, edges, between_json(c, i == c->bin_count ? c->high : c->low + (c->high - c->low) * part));
    }
    counts = tsl__json_set_array(doc, histogram, "counts");
    for (size_t i = 0; i < c->bin_count; i++) {
        tsl__json_push(doc, counts, tsl__json_count(c->bin[i]));
    }
}

static void add_frequent(tsl__json *doc, json_t *column, const tsl_column_profile *c, int shown)
{
    if (!shown || !c->exact || c->derived) {
        tsl__json_set(doc, column, "frequent", json_null());
        return;
    }
    json_t *array = tsl__json_set_array(doc, column, "frequent");
    for (size_t i = 0; i < c->frequent_count; i++) {
        json_t *value = tsl__json_push_object(doc, array);
        tsl__json_set(doc, value, "value", tsl__json_text(c->frequent[i].text));
        tsl__json_set(doc, value, "count", tsl__json_count(c->frequent[i].rows));
    }
}

static void add_column(tsl__json *doc, json_t *columns, const tsl_column_profile *c, int values)
{
    json_t *column = tsl__json_push_object(doc, columns);
    const int shown = values || !c->personal;
    tsl__json_set(doc, column, "name", tsl__json_text(c->name));
    tsl__json_set(doc, column, "role",
                  c->role == TSL_ROLE_NONE ? json_null() : json_string(tsl_role_get_name(c->role)));
    tsl__json_set(doc, column, "type", json_string(tsl_column_type_get_name(c->type)));
    tsl__json_set(doc, column, "derived", json_boolean(c->derived));
    tsl__json_set(doc, column, "personal", json_boolean(c->personal));
    tsl__json_set(doc, column, "rows", tsl__json_count(c->rows));
    tsl__json_set(doc, column, "missing", tsl__json_count(c->missing));
    tsl__json_set(doc, column, "misfits", tsl__json_count(c->misfits));
    tsl__json_set(doc, column, "distinct", tsl__json_count(c->distinct));
    tsl__json_set(doc, column, "distinct_exact", json_boolean(c->exact));
    add_range(doc, column, c, shown);
    add_frequent(doc, column, c, shown);
    add_histogram(doc, column, c, shown);
}

/* ---- Tables --------------------------------------------------------------------------------- */

static void add_files(tsl__json *doc, json_t *object, const tsl_table_profile *p)
{
    json_t *files = tsl__json_set_array(doc, object, "files");
    for (size_t i = 0; i < p->file_count; i++) {
        const char *slash = strrchr(p->file[i].name, '/');
        const char delimiter[2] = {p->file[i].delimiter, 0};
        json_t *file = tsl__json_push_object(doc, files);
        tsl__json_set(doc, file, "name", tsl__json_text(slash ? slash + 1 : p->file[i].name));
        tsl__json_set(doc, file, "rows", tsl__json_count(p->file[i].rows));
        tsl__json_set(doc, file, "bytes", tsl__json_count(p->file[i].bytes));
        tsl__json_set(doc, file, "compression", tsl__json_text(p->file[i].compression));
        tsl__json_set(doc, file, "encoding", tsl__json_text(p->file[i].encoding));
        tsl__json_set(doc, file, "delimiter", *delimiter ? json_string(delimiter) : json_null());
        tsl__json_set(doc, file, "header", json_boolean(p->file[i].header));
    }
}

/* Lines of what columns were taken for, in the language. */
static void add_understood(tsl__json *doc, json_t *object, const tsl_notes *lines, const char *lang)
{
    json_t *array = tsl__json_set_array(doc, object, "understood");
    tsl__text text = {0};
    for (size_t i = 0; i < lines->count; i++) {
        const int zh = strcmp(lang, "zh") == 0;
        tsl__text_clear(&text);
        (void)(zh && tsl__understood_put_chinese(lines->text[i], &text));
        tsl__json_push(doc, array, tsl__json_text(zh ? text.data : lines->text[i]));
    }
    doc->failed |= text.failed;
    tsl__text_free(&text);
}

/* What is said of a finding, in the language; it stays until the next call. */
static const char *word(tsl__json *doc, const char *message, const char *lang, tsl__text *text)
{
    tsl__text_clear(text);
    const int zh = strcmp(lang, "zh") == 0 && tsl__note_put_chinese(message, text);
    doc->failed |= text->failed;
    return zh && !text->failed ? text->data : message;
}

static void add_finding(tsl__json *doc, json_t *findings, const tsl_table_finding *f, const char *table, int with_text,
                        const char *message, const char *lang)
{
    tsl__text text = {0};
    (void)tsl__finding_json_add(doc, findings, f, table, with_text, word(doc, message, lang, &text));
    tsl__text_free(&text);
}

static void add_unreadable(tsl__json *doc, json_t *array, const tsl_data_quality *q)
{
    tsl__text text = {0};
    for (size_t i = 0; i < q->unreadable_count; i++) {
        tsl__json_push(doc, array, tsl__json_text(word(doc, q->unreadable[i], q->lang, &text)));
    }
    tsl__text_free(&text);
}

static void add_table(tsl__json *doc, json_t *tables, const tsl_table_profile *p, int values, const char *lang)
{
    json_t *table = tsl__json_set_object(doc, tables, tsl_table_kind_get_name(p->kind)), *columns;
    json_t *rows = tsl__json_set_object(doc, table, "rows");
    tsl__json_set(doc, rows, "read", tsl__json_count(p->read));
    tsl__json_set(doc, rows, "used", tsl__json_count(p->used));
    tsl__json_set(doc, rows, "rejected", tsl__json_count(p->rejected));
    tsl__json_set(doc, table, "refused", json_boolean(p->refused));
    add_files(doc, table, p);
    add_understood(doc, table, &p->understood, lang);
    columns = tsl__json_set_array(doc, table, "columns");
    for (size_t i = 0; i < p->column_count; i++) {
        add_column(doc, columns, &p->column[i], values);
    }
}

/* Cells are shown of columns that name nobody alone; the start of a row may. */
static int may_show(const tsl_table_profile *p, const tsl_table_finding *f, int values)
{
    int named = 0;
    for (size_t i = 0; i < p->column_count && !values; i++) {
        const tsl_column_profile *c = &p->column[i];
        for (size_t e = 0; e < f->example_count; e++) {
            const char *column = f->example[e].column;
            const int is_it = column && (strcmp(column, c->name) == 0 ||
                                         (c->role != TSL_ROLE_NONE && strcmp(column, tsl_role_get_name(c->role)) == 0));
            if (is_it && c->personal) {
                return 0;
            }
            named += is_it;
        }
    }
    return values || (named && (size_t)named >= f->example_count);
}

static json_t *build(const tsl_data_quality *q, tsl__json *doc)
{
    int refuses = q->unreadable_count > 0 || q->refusal_count > 0;
    json_t *tables, *findings, *unreadable;
    tsl__json_set(doc, doc->root, "format", json_string("tesela check"));
    tsl__json_set(doc, doc->root, "format_version", json_integer(FORMAT_VERSION));
    tsl__json_set(doc, doc->root, "version", json_string(tsl_version_get()));
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        refuses |= q->profile[kind] && q->profile[kind]->refused;
    }
    tsl__json_set(doc, doc->root, "refuses_run", json_boolean(refuses));
    tsl__json_set(doc, doc->root, "as_of",
                  q->as_of == TSL_NO_DAY ? json_null() : tsl__json_time((int64_t)q->as_of * TSL__DAY_SECONDS, 0));
    tables = tsl__json_set_object(doc, doc->root, "tables");
    findings = tsl__json_set_array(doc, doc->root, "findings");
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        const tsl_table_profile *p = q->profile[kind];
        if (!p) {
            continue;
        }
        add_table(doc, tables, p, q->values, q->lang);
        for (size_t i = 0; i < p->finding_count; i++) {
            const tsl_table_finding *f = &p->finding[i];
            add_finding(doc, findings, f, tsl_table_kind_get_name(p->kind), may_show(p, f, q->values),
                        f->hidden && !q->values ? f->hidden : f->message, q->lang);
        }
    }
    for (size_t i = 0; i < q->refusal_count; i++) {
        const tsl_table_finding refusal = {
            .kind = TSL_FINDING_REFUSED, .gate = TSL_GATE_REFUSE, .message = q->refusal[i]};
        add_finding(doc, findings, &refusal, NULL, 0, refusal.message, q->lang);
    }
    unreadable = tsl__json_set_array(doc, doc->root, "unreadable");
    add_unreadable(doc, unreadable, q);
    return doc->root;
}

static tsl_status take(const tsl_data_quality *given, tsl_data_quality *full, tsl_error *err)
{
    int lang;
    tsl_status status = TSL_OK;
    TSL_DEFAULTS(data_quality, full);
    TSL__TRY(tsl__options_take("data_quality", full, sizeof *full, given, err));
    TSL__TRY(tsl__options_check_texts(full->unreadable, full->unreadable_count, "unreadable", err));
    TSL__TRY(tsl__options_check_texts(full->refusal, full->refusal_count, "refusal", err));
    full->lang = full->lang ? full->lang : "en";
    TSL__TRY(tsl_lang_read(full->lang, &lang, err));
    full->lang = tsl_lang_get_code(lang);
done:
    return status;
}

tsl_status tsl_data_quality_build(const tsl_data_quality *quality, char **json, tsl_error *err)
{
    tsl_data_quality full;
    tsl_status status = TSL_OK;
    tsl__json doc = {.root = NULL};
    *json = NULL;
    tsl__error_reset(err);
    TSL__TRY(take(quality, &full, err));
    TSL__NEED(doc.root = json_object());
    TSL__NEED(build(&full, &doc));
    TSL__TRY(tsl__json_take(&doc, json, err));
done:
    return status;
}

tsl_status tsl_data_quality_write(const tsl_data_quality *quality, const tsl_target *target, tsl_error *err)
{
    char *json = NULL;
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(tsl_data_quality_build(quality, &json, err));
    TSL__TRY(tsl__write_whole(json, strlen(json), target, err));
done:
    free(json);
    return status;
}

tsl_status tsl_data_quality_write_page(const tsl_data_quality *quality, const tsl_target *target, tsl_error *err)
{
    tsl__text page = {0};
    tsl_data_quality full;
    char *json = NULL;
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(take(quality, &full, err));
    TSL__TRY(tsl_data_quality_build(&full, &json, err));
    tsl__page_put(&page, "check", &(tsl__page_document){"document", json}, 1, full.lang);
    TSL__TRY(page.failed ? tsl__error_nomem(err) : TSL_OK);
    TSL__TRY(tsl__write_whole(page.data, page.length, target, err));
done:
    free(json);
    tsl__text_free(&page);
    return status;
}
