/* table.c: names of kinds, types and groups; freeing and asking a table. */
#include <stdlib.h>
#include <tesela/table.h>

#include "base/notes.h"

#define NAME(names, i) ((size_t)(i) < sizeof(names) / sizeof *(names) ? (names)[i] : "unknown")

const char *tsl_table_get_name(tsl_table_kind kind)
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

void tsl_table_free(tsl_table *table)
{
    if (!table) {
        return;
    }
    for (size_t i = 0; i < table->column_count; i++) {
        tsl_column *c = &table->column[i];
        free((char *)(uintptr_t)c->name);
        free(c->integer);
        free(c->number);
        free(c->code);
        free(c->dict); /* one block, texts included */
    }
    for (size_t i = 0; i < table->info.file_count; i++) {
        free((char *)(uintptr_t)table->info.file[i].name);
    }
    tsl__notes_free(&table->info.understood);
    tsl__notes_free(&table->info.notes);
    free(table->info.file);
    free(table->column);
    free(table);
}

const tsl_column *tsl_table_get_column(const tsl_table *table, tsl_role role)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->column[i].role == role) {
            return &table->column[i];
        }
    }
    return NULL;
}
