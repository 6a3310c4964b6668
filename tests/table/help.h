/* help.h: what the tests of this room share: files in a fresh folder, a reading with its rejects kept. */
#ifndef TSL_TESTS_TABLE_HELP_H
#define TSL_TESTS_TABLE_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/table.h>
#include <unistd.h>

#include "table/table_state.h"

#define UNUSED __attribute__((unused))

static char folder[256];

/* Group fixtures: a fresh folder, and its end. */
static UNUSED int make_folder(void **state)
{
    (void)state;
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/tesela-table-XXXXXX", base && *base ? base : "/tmp");
    return mkdtemp(folder) ? 0 : -1;
}

static UNUSED int remove_folder(void **state)
{
    (void)state;
    char command[300];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

/* The path of a file in the folder; one of several static texts. */
static UNUSED const char *path_of(const char *name)
{
    static char path[16][400];
    static int next;
    char *p = path[next++ % 16];
    snprintf(p, 400, "%s/%s", folder, name);
    return p;
}

static UNUSED const char *write_bytes(const char *name, const void *bytes, size_t count)
{
    const char *path = path_of(name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    assert_int_equal(fclose(file), 0);
    return path;
}

static UNUSED const char *write_text(const char *name, const char *text)
{
    return write_bytes(name, text, strlen(text));
}

static UNUSED tsl_source source_of(const char *path)
{
    return (tsl_source){.path = path};
}

/* ---- A reading --------------------------------------------------------- */

#define MAX_KEPT 64

typedef struct kept_reject {
    char file[300], column[100], text[256], message[400];
    uint64_t line;
    tsl_reject_kind kind;
} kept_reject;

typedef struct reading {
    tsl_table_kind kind;
    tsl_table_options opt;
    tsl_source file[4];
    size_t files;
    const tsl_table *known;
    tsl_exec exec;
    tsl_role_map map[8];
    tsl_lookup lookup[4];
    tsl_reject_sink sink;
    kept_reject reject[MAX_KEPT];
    size_t rejects;
    tsl_table *table;
    tsl_error err;
} reading;

static UNUSED tsl_status keep_reject(void *user, const tsl_reject *r, tsl_error *err)
{
    reading *to = user;
    (void)err;
    if (to->rejects < MAX_KEPT) {
        kept_reject *k = &to->reject[to->rejects];
        snprintf(k->file, sizeof k->file, "%s", r->file);
        snprintf(k->column, sizeof k->column, "%s", r->column);
        snprintf(k->text, sizeof k->text, "%s", r->text);
        snprintf(k->message, sizeof k->message, "%s", r->message);
        k->line = r->line;
        k->kind = r->kind;
    }
    to->rejects++;
    return TSL_OK;
}

static UNUSED reading *new_reading(tsl_table_kind kind)
{
    reading *r = calloc(1, sizeof *r);
    assert_non_null(r);
    r->kind = kind;
    TSL_DEFAULTS(table, &r->opt);
    TSL_DEFAULTS(exec, &r->exec);
    r->opt.roles = r->map;
    r->opt.lookups = r->lookup;
    r->sink = (tsl_reject_sink){keep_reject, r};
    return r;
}

static UNUSED void add_file(reading *r, const char *path)
{
    r->file[r->files++] = source_of(path);
}

static UNUSED void map_role(reading *r, tsl_role role, const char *source)
{
    r->map[r->opt.role_count++] = (tsl_role_map){role, source};
}

static UNUSED tsl_status run(reading *r)
{
    tsl_status status = tsl_table_read(r->kind, r->file, r->files, r->known, r->sink.write ? &r->sink : NULL, &r->opt,
                                       &r->exec, &r->table, &r->err);
    assert_int_equal(status != TSL_OK, r->table == NULL);
    assert_int_equal(status, r->err.status);
    if (r->table) {
        const tsl_table_info *info = tsl_table_get_info(r->table);
        uint64_t sum = 0;
        for (int k = 0; k < TSL_REJECT_KINDS; k++)
            sum += tsl_table_get_rejected(r->table, (tsl_reject_kind)k);
        assert_int_equal(info->read, info->used + info->rejected);
        assert_int_equal(sum, info->rejected);
        assert_int_equal(info->used, tsl_table_get_rows(r->table));
        const uint64_t filtered = tsl_table_get_rejected(r->table, TSL_REJECT_FILTERED); /* which no sink is told of */
        assert_true(!r->sink.write || r->rejects + filtered == info->rejected);
    }
    return status;
}

static UNUSED void free_reading(reading *r)
{
    tsl_table_free(r->table);
    free(r);
}

/* Reads a text as a table that must be fine. */
static UNUSED reading *read_text(tsl_table_kind kind, const char *text)
{
    reading *r = new_reading(kind);
    add_file(r, write_text("table.csv", text));
    r->opt.max_rejects = 1;
    if (run(r) != TSL_OK)
        fail_msg("%s", r->err.message);
    return r;
}

/* Reads the texts as files a.csv, b.csv, ... in this order: order[i] is the number of a text. */
static UNUSED reading *read_in_order(tsl_table_kind kind, const char *const *text, const size_t *order, size_t count,
                                     tsl_status status)
{
    reading *r = new_reading(kind);
    for (size_t i = 0; i < count; i++) {
        char name[16];
        snprintf(name, sizeof name, "%c.csv", (int)('a' + order[i]));
        add_file(r, write_text(name, text[order[i]]));
    }
    if (run(r) != status)
        fail_msg("%s: %s", text[0], r->err.message);
    return r;
}

/* Reads a text that must be refused so. */
static UNUSED void refuse_text(tsl_table_kind kind, const char *text, tsl_status status, const char *message)
{
    reading *r = new_reading(kind);
    add_file(r, write_text("table.csv", text));
    tsl_status seen = run(r);
    if (seen != status || !strstr(r->err.message, message))
        fail_msg("%s (%s), not \"%s\"", r->err.message, tsl_status_get_name(seen), message);
    free_reading(r);
}

static UNUSED const tsl_column *column(const reading *r, tsl_role role)
{
    const tsl_column *c = tsl_table_get_role(r->table, role);
    assert_non_null(c);
    return c;
}

static UNUSED const tsl_column *named(const reading *r, const char *name)
{
    for (size_t i = 0; i < r->table->column_count; i++)
        if (strcmp(r->table->column[i].name, name) == 0)
            return &r->table->column[i];
    return NULL;
}

static UNUSED const char *text_at(const tsl_column *c, size_t row)
{
    return c->code[row] < 0 ? NULL : c->dict[c->code[row]];
}

static UNUSED int has_line(const tsl_notes *notes, const char *part)
{
    for (size_t i = 0; i < notes->count; i++)
        if (strstr(notes->text[i], part))
            return 1;
    return 0;
}

#endif
