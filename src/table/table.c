/* table.c: names of kinds, types and groups; freeing and asking a table. */
#include <stdlib.h>
#include <tesela/table.h>

#include "base/notes.h"
#include "table/table_state.h"

#define NAME(names, i) ((size_t)(i) < sizeof(names) / sizeof *(names) ? (names)[i] : "?")

const char *tsl_table_kind_get_name(tsl_table_kind kind)
{
    static const char *const names[] = {"transactions", "customers", "interactions"};
    return NAME(names, kind);
}

const char *tsl_column_type_get_name(tsl_column_type type)
{
    static const char *const names[] = {"auto",     "text",    "decimal", "time", "number",
                                        "category", "ordinal", "boolean", "date", "date_of_birth"};
    return NAME(names, type);
}

const char *tsl_group_get_name(tsl_group group)
{
    static const char *const names[] = {"demographic", "behavioral", "value"};
    return NAME(names, group);
}

void tsl__table_free_cells(tsl_table *table)
{
    for (size_t i = 0; table && i < table->column_count; i++) {
        tsl_column *c = &table->column[i];
        free((void *)(uintptr_t)c->integer);
        free((void *)(uintptr_t)c->number);
        free((void *)(uintptr_t)c->code);
        free((void *)(uintptr_t)c->clock);
        c->clock = NULL;
        c->integer = NULL;
        c->number = NULL;
        c->code = NULL;
    }
    if (table) {
        tsl__shards_free(table->shards);
        table->shards = NULL;
    }
}

void tsl_table_free(tsl_table *table)
{
    if (!table) {
        return;
    }
    for (size_t i = 0; i < table->column_count; i++) {
        const tsl_column *c = &table->column[i];
        free((void *)(uintptr_t)c->name);
        free((void *)(uintptr_t)c->integer);
        free((void *)(uintptr_t)c->number);
        free((void *)(uintptr_t)c->code);
        free((void *)(uintptr_t)c->clock);
        free((void *)(uintptr_t)c->dict); /* one block, texts included */
    }
    for (size_t i = 0; i < table->info.file_count; i++) {
        free((void *)(uintptr_t)table->file[i].name);
    }
    tsl__notes_free(&table->info.understood);
    tsl__notes_free(&table->info.notes);
    tsl__finding_list_free(&table->findings);
    tsl__shards_free(table->shards);
    tsl__sums_free(&table->sums);
    tsl__shown_ids_free(&table->shown_ids);
    tsl__zone_free(table->zone);
    free(table->converted);
    free(table->quality);
    free(table->file);
    free(table->column);
    free(table->reading);
    free(table);
}

tsl_table_kind tsl_table_get_kind(const tsl_table *table)
{
    return table->kind;
}

size_t tsl_table_get_rows(const tsl_table *table)
{
    return table->rows;
}

size_t tsl_table_get_column_count(const tsl_table *table)
{
    return table->column_count;
}

const tsl_column *tsl_table_get_column(const tsl_table *table, size_t index)
{
    return index < table->column_count ? &table->column[index] : NULL;
}

const tsl_column *tsl_table_get_role(const tsl_table *table, tsl_role role)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->column[i].role == role) {
            return &table->column[i];
        }
    }
    return NULL;
}

const tsl_table_info *tsl_table_get_info(const tsl_table *table)
{
    return &table->info;
}

uint64_t tsl_table_get_rejected(const tsl_table *table, tsl_reject_kind kind)
{
    return (size_t)kind < TSL_REJECT_KINDS ? table->rejected_by[kind] : 0;
}

const tsl_file_info *tsl_table_get_file(const tsl_table *table, size_t index)
{
    return index < table->info.file_count ? &table->file[index] : NULL;
}

const tsl_table_finding *tsl_table_get_finding(const tsl_table *table, size_t index)
{
    return index < table->findings.count ? &table->findings.of[index] : NULL;
}

const char *tsl_table_get_note(const tsl_table *table, size_t index)
{
    const tsl_notes *notes = &tsl_table_get_info(table)->notes;
    const tsl_table_finding *f;
    if (index >= notes->count) {
        return NULL;
    }
    for (size_t at = 0; (f = tsl_table_get_finding(table, at)); at++) {
        if (strcmp(f->message, notes->text[index]) == 0) {
            return f->hidden ? f->hidden : f->message;
        }
    }
    return notes->text[index];
}

const tsl_table_quality *tsl_table_get_quality(const tsl_table *table)
{
    return table->quality;
}

const char *tsl_table_get_reading(const tsl_table *table)
{
    return table->reading;
}
