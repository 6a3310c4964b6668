/* summary_tables.c: the summary of what was read: rows, rejects, files, the
 * roles of the columns. */
#include "output/chinese/note_wording.h"
#include "output/json/finding_json.h"
#include "output/summary.h"

#include <string.h>

void tsl__summary_counts(tsl__json *doc, json_t *object, const tsl_table_info *info)
{
    tsl__json_set(doc, object, "read", tsl__json_count(info->read));
    tsl__json_set(doc, object, "used", tsl__json_count(info->used));
    tsl__json_set(doc, object, "rejected", tsl__json_count(info->rejected));
}

/* Base names only: where the files lie is nobody's business. */
static void add_files(tsl__json *doc, json_t *rows, const tsl_table *table)
{
    json_t *files = tsl__json_set_array(doc, rows, "files");
    for (size_t i = 0; i < tsl_table_get_info(table)->file_count; i++) {
        const tsl_file_info *from = tsl_table_get_file(table, i);
        const char *slash = strrchr(from->name, '/');
        json_t *file = tsl__json_push_object(doc, files);
        tsl__json_set(doc, file, "name", tsl__json_text(slash ? slash + 1 : from->name));
        tsl__json_set(doc, file, "rows", tsl__json_count(from->rows));
        tsl__json_set(doc, file, "bytes", tsl__json_count(from->bytes));
        tsl__json_set(doc, file, "compression", tsl__json_text(from->compression));
        tsl__json_set(doc, file, "encoding", tsl__json_text(from->encoding));
    }
}

/* What was made of the amounts of each currency with a rate. */
static void add_converted(tsl__json *doc, json_t *rows, const tsl_table_info *info)
{
    json_t *converted = info->converted_count ? tsl__json_set_array(doc, rows, "converted") : NULL;
    for (size_t i = 0; i < info->converted_count; i++) {
        const tsl_converted *from = &info->converted[i];
        json_t *to = tsl__json_push_object(doc, converted);
        tsl__json_set(doc, to, "currency", tsl__json_text(from->currency));
        tsl__json_set(doc, to, "rate", tsl__json_number(from->rate));
        tsl__json_set(doc, to, "amounts", tsl__json_count(from->amounts));
        tsl__json_set(doc, to, "sum", tsl__json_decimal(from->sum));
        tsl__json_set(doc, to, "worth", tsl__json_decimal(from->worth));
    }
}

/* What each column was taken for, in both languages. */
static void add_understood(tsl__json *doc, json_t *rows, const tsl_notes *from)
{
    json_t *understood = tsl__json_set_array(doc, rows, "understood");
    json_t *in = tsl__json_set_object(doc, rows, "understood_in");
    json_t *en = tsl__json_set_array(doc, in, "en"), *zh = tsl__json_set_array(doc, in, "zh");
    for (size_t i = 0; i < from->count; i++) {
        tsl__text text = {0};
        (void)tsl__understood_put_chinese(from->text[i], &text);
        doc->failed |= text.failed;
        tsl__json_push(doc, understood, tsl__json_text(from->text[i]));
        tsl__json_push(doc, en, tsl__json_text(from->text[i]));
        tsl__json_push(doc, zh, tsl__json_text(text.data));
        tsl__text_free(&text);
    }
}

static void add_table(tsl__json *doc, json_t *tables, const tsl_table *table)
{
    const tsl_table_info *info = tsl_table_get_info(table);
    json_t *rows = tsl__json_set_object(doc, tables, tsl_table_kind_get_name(tsl_table_get_kind(table)));
    tsl__summary_counts(doc, rows, info);
    json_t *by = tsl__json_set_object(doc, rows, "rejected_by");
    for (int kind = 0; kind < TSL_REJECT_KINDS; kind++) {
        tsl__json_set(doc, by, tsl_reject_kind_get_name((tsl_reject_kind)kind),
                      tsl__json_count(tsl_table_get_rejected(table, (tsl_reject_kind)kind)));
    }
    tsl__json_set(doc, rows, "orphans", tsl__json_count(info->orphans));
    tsl__json_set(doc, rows, "rounded", tsl__json_count(info->rounded));
    add_converted(doc, rows, info);
    tsl__json_set(doc, rows, "first", tsl__json_time(info->first_time, info->time_of_day));
    tsl__json_set(doc, rows, "last", tsl__json_time(info->last_time, info->time_of_day));
    add_files(doc, rows, table);
    add_understood(doc, rows, &info->understood);
}

void tsl__summary_tables(tsl__json *doc, const tsl_results *results)
{
    json_t *tables = tsl__json_set_object(doc, doc->root, "rows");
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        if (results->table[kind]) {
            add_table(doc, tables, results->table[kind]);
        }
    }
}

static void add_finding(tsl__json *doc, json_t *findings, const tsl_table_finding *f, tsl_table_kind kind)
{
    const char *message = f->hidden ? f->hidden : f->message;
    json_t *finding = tsl__finding_json_add(doc, findings, f, tsl_table_kind_get_name(kind), 0, message);
    tsl__text zh = {0};
    (void)tsl__note_put_chinese(message, &zh);
    doc->failed |= zh.failed;
    tsl__json_set_langs(doc, finding, "message_in", message, zh.data);
    tsl__text_free(&zh);
}

void tsl__summary_data_quality(tsl__json *doc, const tsl_results *results)
{
    json_t *findings = NULL;
    for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
        const tsl_table *table = results->table[kind];
        if (table && !findings) {
            findings = tsl__json_set_array(doc, tsl__json_set_object(doc, doc->root, "data_quality"), "findings");
        }
        for (size_t i = 0; table && tsl_table_get_finding(table, i); i++) {
            add_finding(doc, findings, tsl_table_get_finding(table, i), (tsl_table_kind)kind);
        }
    }
}
