/*
 * test_dirty.c: tesela synth dirty, and what is read of it: every broken line is told by a finding, rejected by its
 * kind, or read to the clean value; every other line is used as it is.
 */
#include "program.h"

#include "nightly.h"
#include "synth/defects.h"
#include "table/source/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/synth.h>
#include <tesela/table.h>

/* ---- The list ------------------------------------------------------------------ */

typedef struct entry {
    char kind[32], file[32], column[32], was[128], is[256], expected[64];
    uint64_t line, clean_line;
    int is_first; /* of those in its file of its kind, column and expectation */
} entry;

typedef struct ledger {
    entry *of;
    size_t count, whole; /* whole: those of a whole column or file */
} ledger;

static void take(char *to, size_t size, tsl__span from)
{
    snprintf(to, size, "%.*s", (int)from.n, from.s);
}

static uint64_t take_number(tsl__span from)
{
    char text[32];
    take(text, sizeof text, from);
    return strtoull(text, NULL, 10);
}

/* Of a whole column or file: told once, with the line of the header. */
static int is_whole(const entry *e)
{
    return e->clean_line == 1;
}

static int is_alike(const entry *a, const entry *b)
{
    return strcmp(a->kind, b->kind) == 0 && strcmp(a->file, b->file) == 0 && strcmp(a->column, b->column) == 0 &&
           strcmp(a->expected, b->expected) == 0;
}

/* Marks the first of those that are alike: there are few of them, and many lines. */
static void mark_firsts(ledger *list)
{
    size_t *first = calloc(list->count + 1, sizeof *first), count = 0;
    for (size_t i = 0; i < list->count; i++) {
        size_t k = 0;
        while (k < count && !is_alike(&list->of[first[k]], &list->of[i])) {
            k++;
        }
        list->of[i].is_first = k == count;
        first[count] = i;
        count += (size_t)list->of[i].is_first;
    }
    free(first);
}

static ledger read_ledger(const char *path)
{
    enum { KIND, NAME, LINE, CLEAN_LINE, COLUMN, WAS, IS, EXPECTED, FIELDS };
    const tsl_source from = {.path = path};
    tsl__csv *csv;
    tsl__record r;
    ledger out = {NULL, 0, 0};
    assert_int_equal(tsl__csv_open(&(tsl__csv_options){.from = &from, .header = 1, .delimiter = ','}, &csv, NULL),
                     TSL_OK);
    for (;;) {
        assert_int_equal(tsl__csv_read(csv, &r, NULL), TSL_OK);
        if (r.count == 0) {
            break;
        }
        assert_int_equal(r.count, FIELDS);
        out.of = realloc(out.of, (out.count + 1) * sizeof *out.of);
        entry *e = &out.of[out.count++];
        take(e->kind, sizeof e->kind, r.field[KIND]);
        take(e->file, sizeof e->file, r.field[NAME]);
        take(e->column, sizeof e->column, r.field[COLUMN]);
        take(e->was, sizeof e->was, r.field[WAS]);
        take(e->is, sizeof e->is, r.field[IS]);
        take(e->expected, sizeof e->expected, r.field[EXPECTED]);
        e->line = take_number(r.field[LINE]);
        e->clean_line = take_number(r.field[CLEAN_LINE]);
        out.whole += (size_t)is_whole(e);
    }
    tsl__csv_free(csv);
    mark_firsts(&out);
    return out;
}

static int begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static int is_found(const entry *e)
{
    return strstr(e->expected, "found: ") != NULL;
}

static int is_rejected(const entry *e)
{
    return begins(e->expected, "rejected: ");
}

/* The cell holds something else than in the clean table. */
static int is_other(const entry *e)
{
    return begins(e->expected, "found: "); /* not "read right and found: " */
}

/* ---- The tables ------------------------------------------------------------------ */

static const char *const files[TSL_TABLE_KINDS] = {[TSL_TRANSACTIONS] = "transactions.csv",
                                                   [TSL_CUSTOMERS] = "customers.csv",
                                                   [TSL_INTERACTIONS] = "interactions.csv"};

typedef struct rejected {
    uint64_t line;
    tsl_reject_kind kind;
} rejected;

typedef struct rejections {
    rejected *of;
    size_t count;
} rejections;

static tsl_status keep_reject(void *user, const tsl_reject *reject, tsl_error *err)
{
    rejections *all = user;
    (void)err;
    all->of = realloc(all->of, (all->count + 1) * sizeof *all->of);
    all->of[all->count++] = (rejected){reject->line, reject->kind};
    return TSL_OK;
}

/* What is read of one file. */
typedef struct reading {
    tsl_table *table;           /* NULL: it is refused, */
    tsl_table_profile *profile; /* for a finding of these */
    rejections rejects;
} reading;

static reading read_file(const char *folder, tsl_table_kind kind, const tsl_table *known, int threads)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, files[kind]);
    const tsl_source source = {.path = path};
    tsl_table_options opt;
    tsl_exec exec;
    tsl_error err;
    reading out = {NULL, NULL, {NULL, 0}};
    const tsl_reject_sink sink = {keep_reject, &out.rejects};
    TSL_DEFAULTS(table, &opt);
    TSL_DEFAULTS(exec, &exec);
    exec.threads = threads;
    opt.max_rejects = 1;
    const tsl_status status = tsl_table_read(kind, &source, 1, known, &sink, &opt, &exec, &out.table, &err);
    if (status != TSL_OK) {
        assert_true(status == TSL_E_INPUT || status == TSL_E_NOT_FOUND);
        assert_int_equal(tsl_table_profile_read(kind, &source, 1, known, &opt, &exec, &out.profile, NULL, NULL),
                         TSL_OK);
        assert_true(out.profile->refused);
    }
    return out;
}

static void free_reading(reading *r)
{
    tsl_table_free(r->table);
    tsl_table_profile_free(r->profile);
    free(r->rejects.of);
}

/* A finding by its place; NULL beyond the last. */
static const tsl_table_finding *get_finding(const reading *r, size_t i)
{
    return r->table                        ? tsl_table_get_finding(r->table, i)
           : i < r->profile->finding_count ? &r->profile->finding[i]
                                           : NULL;
}

/* ---- What is told -------------------------------------------------------------------- */

static const entry *find_line(const ledger *list, const char *file, uint64_t line)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->of[i].line == line && strcmp(list->of[i].file, file) == 0) {
            return &list->of[i];
        }
    }
    return NULL;
}

static int compare_lines(const void *a, const void *b)
{
    const rejected *x = a, *y = b;
    return (x->line > y->line) - (x->line < y->line);
}

/* Exactly the lines that should be, each by its kind; those after the as-of day are rejected when all are read. */
static void check_rejects(const ledger *list, const char *file, const reading *r)
{
    size_t found = 0;
    if (r->rejects.count) {
        qsort(r->rejects.of, r->rejects.count, sizeof *r->rejects.of, compare_lines);
    }
    for (size_t i = 0; i < list->count; i++) {
        const entry *e = &list->of[i];
        if (strcmp(e->file, file) != 0 || !is_rejected(e)) {
            continue;
        }
        const int is_missing = found == r->rejects.count || r->rejects.of[found].line != e->line;
        const int follows = i > 0 && e[-1].line + 1 == e->line && strcmp(e[-1].kind, "stray_quote") == 0;
        if (is_missing && follows && strcmp(e->kind, "stray_quote") == 0) {
            continue; /* two such lines, one after the other, may be rejected as one record */
        }
        if (is_missing) {
            fail_msg("%s:%d: %s is not rejected", file, (int)e->line, e->kind);
        }
        const char *kind = tsl_reject_kind_get_name(r->rejects.of[found].kind),
                   *ought = e->expected + strlen("rejected: ");
        assert_true(begins(ought, kind) && strchr(" ", ought[strlen(kind)])); /* or its end */
        found++;
    }
    if (found < r->rejects.count) {
        fail_msg("%s:%d: a good line is rejected", file, (int)r->rejects.of[found].line);
    }
}

/* Is this finding, or one of several with " or " between, what the entry expects? */
static int expects(const entry *e, const char *kind)
{
    const char *at = is_found(e) ? strstr(e->expected, kind) : NULL;
    const char end = at ? at[strlen(kind)] : 'x';
    return at && at[-1] == ' ' && (end == 0 || end == ' ');
}

/* A line that is shown is broken in this column: early dates are placeholders, too. A finding of two kinds shows one of
 * each, of which one may be as it should be. */
static void check_examples(const ledger *list, const char *file, const tsl_table_finding *f)
{
    size_t shown = 0, broken = 0;
    for (size_t x = 0; x < f->example_count; x++) {
        const entry *seen = find_line(list, file, f->example[x].line);
        shown += f->example[x].line > 0;
        broken += seen && (!f->column || strcmp(seen->column, f->column) == 0);
    }
    for (size_t i = 0; i < list->count; i++) { /* any line will do of a whole column */
        broken += (size_t)(is_whole(&list->of[i]) && strcmp(list->of[i].file, file) == 0);
    }
    if (shown && !broken && f->kind != TSL_FINDING_ORPHANS) {
        fail_msg("%s:%d: is told as %s", file, (int)f->example[0].line, tsl_finding_kind_get_name(f->kind));
    }
}

/* Every finding that is expected is there, counts no more than there is, and shows one that is broken so. */
static void check_findings(const ledger *list, const char *file, const reading *r)
{
    for (size_t i = 0; i < list->count; i++) {
        const entry *e = &list->of[i];
        uint64_t told = 0, rows = 0;
        int is_there = 0;
        if (strcmp(e->file, file) != 0 || !is_found(e) || !e->is_first) {
            continue;
        }
        if (!r->table && !is_whole(e) && is_whole(&list->of[0])) {
            continue; /* a table that is refused as a whole is not looked at any further */
        }
        for (size_t k = 0; k < list->count; k++) {
            rows += strcmp(list->of[k].column, e->column) == 0 && strcmp(list->of[k].file, file) == 0 &&
                    is_found(&list->of[k]);
        }
        const tsl_table_finding *f;
        for (size_t n = 0; (f = get_finding(r, n)); n++) {
            if (!expects(e, tsl_finding_kind_get_name(f->kind))) {
                continue;
            }
            is_there = 1;
            told += f->count;
            check_examples(list, file, f);
        }
        /* other spellings of known ids are orphans, too; of the currency the numbers are counted that have none, and of
         * a whole column all */
        const int is_of_more = expects(e, "orphans") || expects(e, "assumed_currency") || is_whole(e);
        told = is_of_more && told > rows ? rows : told;
        if (!is_there || told > rows) {
            fail_msg("%s: %s: %d of %d are told as %s", file, e->kind, (int)told, (int)rows, e->expected);
        }
    }
}

/* No finding is there that nothing is broken for, but those that follow from others. */
static void check_no_other(const ledger *list, const reading *r)
{
    static const char *const follow[] = {"orphans",        "stray_quote",     "totals_row", "description_row",
                                         "mixed_encoding", "thousands_marks", "late_dates", "early_dates",
                                         "no_common_id",   "read_as"};
    const tsl_table_finding *f;
    for (size_t n = 0; (f = get_finding(r, n)); n++) {
        const char *name = tsl_finding_kind_get_name(f->kind);
        int is = begins(name, "rejected_");
        for (size_t i = 0; i < sizeof follow / sizeof *follow; i++) {
            is |= strcmp(follow[i], name) == 0;
        }
        for (size_t i = 0; i < list->count && !is; i++) {
            is = expects(&list->of[i], name);
        }
        if (!is) {
            fail_msg("%s is told, and nothing is broken so: %s", name, f->message);
        }
    }
}

/* ---- What is used -------------------------------------------------------------------- */

/* Whether both rows hold the same in this column. */
static int is_same_cell(const tsl_column *a, size_t row_a, const tsl_column *b, size_t row_b)
{
    if (a->integer) {
        return a->integer[row_a] == b->integer[row_b];
    }
    if (a->number) {
        return memcmp(&a->number[row_a], &b->number[row_b], sizeof *a->number) == 0;
    }
    const int32_t code_a = a->code[row_a], code_b = b->code[row_b];
    return code_a < 0 || code_b < 0 ? code_a == code_b : strcmp(a->dict[code_a], b->dict[code_b]) == 0;
}

/* The whole column that is another one; NULL: it is as in the clean table. */
static const entry *find_whole(const ledger *list, const char *file, const char *column)
{
    for (size_t i = 0; list->whole && i < list->count; i++) {
        const entry *e = &list->of[i];
        if (is_whole(e) && strcmp(e->file, file) == 0 && strcmp(e->was, column) == 0) {
            return e;
        }
    }
    return NULL;
}

static const tsl_column *find_column(const tsl_table *table, const char *name)
{
    for (size_t c = 0; c < tsl_table_get_column_count(table); c++) {
        if (strcmp(tsl_table_get_column(table, c)->name, name) == 0) {
            return tsl_table_get_column(table, c);
        }
    }
    return NULL;
}

/* Two tables, of which the second one may have columns that are not compared. */
typedef struct pair {
    const ledger *list;
    const char *file;
    const tsl_table *clean, *dirty;
} pair;

/* Rows that differ, in any column or but in that which the entry names. */
static int differs(const pair *p, size_t row, size_t at, const char *but)
{
    for (size_t c = 0; c < tsl_table_get_column_count(p->clean); c++) {
        const tsl_column *a = tsl_table_get_column(p->clean, c);
        const entry *whole = find_whole(p->list, p->file, a->name);
        if (strcmp(a->name, but) == 0 || (whole && is_other(whole))) {
            continue;
        }
        const tsl_column *b = find_column(p->dirty, whole ? whole->column : a->name);
        b = b ? b : tsl_table_get_role(p->dirty, a->role); /* made of others */
        assert_non_null(b);
        assert_int_equal(a->type, b->type);
        if (!is_same_cell(a, row, b, at)) {
            return 1;
        }
    }
    return 0;
}

static uint64_t count_line_ends(const char *text)
{
    uint64_t count = 0;
    for (; (text = strchr(text, '\n')); text++) {
        count++;
    }
    return count;
}

/* Goes along the lines of the dirty file: events are kept in their order. */
static void check_events(const pair *p)
{
    const ledger *list = p->list;
    const uint64_t rows = tsl_table_get_rows(p->clean);
    uint64_t line = 1;
    size_t used = 0, e = 0;
    for (uint64_t row = 0; row < rows || e < list->count; row++) {
        int is_used = row < rows;
        const char *but = "";
        while (e < list->count && (strcmp(list->of[e].file, p->file) != 0 || is_whole(&list->of[e]))) {
            line = strcmp(list->of[e].file, p->file) == 0 ? list->of[e].line : line; /* a title above */
            e++;
        }
        line++;
        for (; e < list->count && list->of[e].line == line && !list->of[e].clean_line &&
               strcmp(list->of[e].expected, "found: repeated_rows") != 0;
             e++) { /* a line more: none is used */
            line++;
        }
        if (e < list->count && list->of[e].line == line && strcmp(list->of[e].file, p->file) == 0) {
            assert_int_equal(list->of[e].clean_line, row + 2);
            is_used = !is_rejected(&list->of[e]);
            but = is_other(&list->of[e]) ? list->of[e].column : "";
            line += count_line_ends(list->of[e].is);
            e++;
        }
        if (is_used && differs(p, row, used, but)) {
            fail_msg("%s:%d: is not read as in the clean table", p->file, (int)line);
        }
        used += (size_t)is_used;
        if (e < list->count && list->of[e].line == line + 1 &&
            strcmp(list->of[e].expected, "found: repeated_rows") == 0) {
            assert_false(differs(p, row, used, ""));
            used++;
            line++;
            e++;
        }
    }
    assert_int_equal(used, tsl_table_get_rows(p->dirty));
}

/* Customers are sorted by id: of those that stand in both as many differ as are broken; the others are rejected. */
static void check_people(const pair *p)
{
    const tsl_column *const clean_id = tsl_table_get_role(p->clean, TSL_ROLE_CUSTOMER), *const dirty_id =
                                                                                            tsl_table_get_role(
                                                                                                p->dirty,
                                                                                                TSL_ROLE_CUSTOMER);
    size_t broken = 0, lacking = 0, different = 0, lacks = 0, at = 0;
    for (size_t i = 0; i < p->list->count; i++) {
        const entry *e = &p->list->of[i];
        if (strcmp(e->file, p->file) == 0 && e->clean_line > 1) {
            broken += (size_t)is_other(e);
            lacking += (size_t)is_rejected(e);
        }
    }
    if (find_whole(p->list, p->file, clean_id->name)) {
        assert_int_equal(tsl_table_get_rows(p->clean) - lacking,
                         tsl_table_get_rows(p->dirty)); /* ids of another kind */
        return;
    }
    for (size_t row = 0; row < tsl_table_get_rows(p->clean); row++) {
        const int is_there = at < tsl_table_get_rows(p->dirty) && is_same_cell(clean_id, row, dirty_id, at);
        lacks += (size_t)!is_there;
        different += (size_t)(is_there && differs(p, row, at, ""));
        at += (size_t)is_there;
    }
    assert_int_equal(lacking, lacks);
    assert_int_equal(broken, different);
}

/* Late dates are rejected where they lie on few days, all or none. */
static void settle_late(ledger *list, const tsl_table *dirty)
{
    const int is_after = dirty && tsl_table_get_rejected(dirty, TSL_REJECT_AFTER_AS_OF) > 0;
    for (size_t i = 0; i < list->count; i++) {
        entry *e = &list->of[i];
        if (strstr(e->expected, " or rejected: after_as_of")) {
            snprintf(e->expected, sizeof e->expected, "%s",
                     is_after ? "rejected: after_as_of and found: late_dates" : "found: late_dates");
        }
    }
}

static void check_folder(const char *folder, int threads)
{
    static const tsl_table_kind order[] = {TSL_CUSTOMERS, TSL_TRANSACTIONS, TSL_INTERACTIONS};
    char path[3][64];
    snprintf(path[0], sizeof *path, "%s/clean", folder);
    snprintf(path[1], sizeof *path, "%s/dirty", folder);
    snprintf(path[2], sizeof *path, "%s/broken.csv", folder);
    ledger list = read_ledger(path[2]);
    reading clean[TSL_TABLE_KINDS], dirty[TSL_TABLE_KINDS];
    assert_true(list.count > 0);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const tsl_table_kind k = order[i];
        const int is_people = k == TSL_CUSTOMERS;
        clean[k] = read_file(path[0], k, is_people ? NULL : clean[TSL_CUSTOMERS].table, threads);
        dirty[k] = read_file(path[1], k, is_people ? NULL : dirty[TSL_CUSTOMERS].table, threads);
        assert_non_null(clean[k].table);
        assert_int_equal(clean[k].rejects.count, 0);
        assert_null(tsl_table_get_finding(clean[k].table, 0));
        if (k == TSL_TRANSACTIONS) {
            settle_late(&list, dirty[k].table);
        }
        check_findings(&list, files[k], &dirty[k]);
        check_no_other(&list, &dirty[k]);
        if (dirty[k].table) {
            const tsl_table_info *info = tsl_table_get_info(dirty[k].table);
            check_rejects(&list, files[k], &dirty[k]);
            assert_int_equal(info->read, tsl_table_get_rows(dirty[k].table) + dirty[k].rejects.count);
            const pair tables = {&list, files[k], clean[k].table, dirty[k].table};
            (is_people ? check_people : check_events)(&tables);
        }
    }
    for (int k = 0; k < TSL_TABLE_KINDS; k++) {
        free_reading(&clean[k]);
        free_reading(&dirty[k]);
    }
    free(list.of);
}

/* ---- What the program says --------------------------------------------------------------- */

/* Whether one of the findings, of check or of a run, is of a kind that the entry expects. */
static int is_told(const json_t *findings, const entry *e)
{
    for (size_t i = 0; i < json_array_size(findings); i++) {
        if (expects(e, json_string_value(json_object_get(json_array_get(findings, i), "kind")))) {
            return 1;
        }
    }
    return 0;
}

static json_t *check_tables(const char *folder, const char *part)
{
    run("check --json --max-rejects 1 --transactions %s/%s/transactions.csv --customers %s/%s/customers.csv "
        "--interactions %s/%s/interactions.csv",
        folder, part, folder, part, folder, part);
    return get_json();
}

/* tesela check tells each kind of what is broken. */
static void check_told(const char *folder)
{
    char path[64];
    snprintf(path, sizeof path, "%s/broken.csv", folder);
    ledger list = read_ledger(path);
    json_t *json = check_tables(folder, "dirty");
    for (size_t i = 0; i < list.count; i++) {
        const entry *e = &list.of[i];
        if (e->is_first && is_found(e) && !is_told(json_object_get(json, "findings"), e)) {
            fail_msg("%s:%d: %s is not told by tesela check", e->file, (int)e->line, e->kind);
        }
    }
    json_decref(json);
    free(list.of);
}

/* ---- Tests ------------------------------------------------------------------------------ */

static void finds_each_kind_alone(void **state)
{
    static const double shares[] = {.006, .002, .009};
    const char *defect;
    size_t i = 0;
    (void)state;
    for (; (defect = tsl_dirty_get_defect(i)); i++) {
        print_message("%s\n", defect);
        for (size_t s = 0; s < some_or_all(1, sizeof shares / sizeof *shares); s++) {
            assert_run(0, "synth dirty --output d --force --lines %zu --customers %zu --share %s=%g --seed %zu",
                       some_or_all(1500, 20000), some_or_all(900, 8000), defect, shares[s], i + 1000 * s);
            check_folder("d", 2);
            check_told("d");
        }
    }
    assert_true(i > 100);
}

static void finds_all_together(void **state)
{
    (void)state;
    for (size_t seed = 1; seed <= some_or_all(3, 30); seed++) {
        assert_run(0, "synth dirty --output d --force --lines %zu --customers 900 --seed %zu --share 0.4%%",
                   some_or_all(6000, 100000), seed);
        check_folder("d", 1);
        check_folder("d", 3);
        check_told("d");
        json_t *clean = check_tables("d", "clean");
        assert_int_equal(json_array_size(json_object_get(clean, "findings")), 0);
        json_decref(clean);
    }
}

/* Where a defect of lines comes to something else than alone. */
static const char *leave_out(const char *whole)
{
    static const char *const cases[][2] = {
        {"delimiter_behind", ",field_less=0"},            /* not every line ends so then */
        {"mail_ids", ",orphan=0"},                        /* all are */
        {"index_ids", ",orphan=0,conflict=0"},            /* no index, where a number stands in rows that differ */
        {"row_numbers", ",repeated_person=0,conflict=0"}, /* likewise */
        {"amount_unnamed", ",unit=0,open_end=0,about=0,question=0"}, /* a quantity is needed */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (strcmp(whole, cases[i][0]) == 0) {
            return cases[i][1];
        }
    }
    return "";
}

/* What befalls a whole column or file, with all that befalls lines on top. */
static void finds_lines_of_another_whole(void **state)
{
    const tsl__defect *defect;
    (void)state;
    for (size_t i = 0; (defect = tsl__whole_defect_get(i)); i++) {
        print_message("%s\n", defect->name);
        assert_run(0, "synth dirty --output d --force --lines 3000 --customers 2000 --share 0.3%%,%s=1%s --seed %zu",
                   defect->name, leave_out(defect->name), i);
        check_folder("d", 2);
    }
}

/* What the program says of them. */
static void tells_all(void **state)
{
    (void)state;
    assert_run(0, "synth dirty --output d --lines 3000 --customers 500");
    assert_out("d: ");
    assert_out(" lines are broken, which broken.csv lists");
    assert_entries("d");
    assert_run(0, "check --transactions d/dirty/transactions.csv --customers d/dirty/customers.csv --interactions "
                  "d/dirty/interactions.csv --json");
    json_t *json = get_json();
    ledger list = read_ledger("d/broken.csv");
    size_t rejects = 0;
    for (size_t i = 0; i < list.count; i++) {
        rejects += begins(list.of[i].file, "transactions") && is_rejected(&list.of[i]);
    }
    assert_int_equal((int)json_at(json, "tables.transactions.rows.rejected"), rejects);
    json_decref(json);
    assert_run(0, "run --transactions d/dirty/transactions.csv --customers d/dirty/customers.csv --interactions "
                  "d/dirty/interactions.csv --output out --quiet");
    char *summary = get("out/summary.json", NULL);
    json = json_loads(summary, 0, NULL);
    const json_t *findings = json_object_get(json_object_get(json, "data_quality"), "findings");
    for (size_t i = 0; i < list.count; i++) {
        if (is_found(&list.of[i]) && !is_told(findings, &list.of[i])) {
            fail_msg("%s:%d: %s is not told by tesela run", list.of[i].file, (int)list.of[i].line, list.of[i].kind);
        }
    }
    json_decref(json);
    free(summary);
    free(list.of);
}

static void gives_the_same_bytes(void **state)
{
    (void)state;
    assert_run(0, "synth dirty --output a --lines 2000 --seed 7 --json");
    json_t *json = get_json();
    assert_true(json_at(json, "broken") > 100);
    json_decref(json);
    assert_run(0, "synth dirty --output b --lines 2000 --seed 7 --quiet");
    assert_string_equal(last_outcome()->out, "");
    assert_same_file("a/broken.csv", "b/broken.csv");
    assert_same_file("a/dirty/transactions.csv", "b/dirty/transactions.csv");
    assert_same_file("a/clean/customers.csv", "b/clean/customers.csv");
    assert_run(0, "synth dirty --output b --force --lines 2000 --seed 8");
    char *first = get("a/dirty/transactions.csv", NULL), *second = get("b/dirty/transactions.csv", NULL);
    assert_string_not_equal(first, second);
    free(first);
    free(second);
    assert_run(0, "synth dirty --output dirty --lines 100 --share 0"); /* a folder called so is no input */
    assert_same_file("dirty/clean/transactions.csv", "dirty/dirty/transactions.csv");
}

static void refuses_what_is_wrong(void **state)
{
    (void)state;
    assert_run(2, "synth clean --output d");
    assert_err("synth makes no \"clean\", expected one of company, ");
    assert_run(2, "synth dirty");
    assert_err("synth needs --output DIR");
    assert_run(2, "synth dirty --output d --share stray_qoute=1%%");
    assert_err("share: no defect is called \"stray_qoute\"; did you mean \"stray_quote\"?");
    assert_run(2, "synth dirty --output d --share stray_quote=much");
    assert_err("--share: \"stray_quote=much\" is not DEFECT=SHARE, a share 0 to 1 or a percentage");
    assert_run(2, "synth dirty --output d --share 2");
    assert_err("share of all: 2 is not a share, 0 to 1");
    assert_run(2, "synth dirty --output d --lines 0");
    assert_entries("");
    assert_run(0, "synth dirty --output d --lines 10");
    assert_run(1, "synth dirty --output d --lines 10");
    assert_err("d: is there already; --force replaces it");
    put("d/dirty/mine.csv", "x\n");
    assert_run(1, "synth dirty --output d --lines 10 --force");
    assert_err("d/dirty: is not replaced, even with --force: it holds mine.csv");
    assert_run(1, "synth dirty --output no/d --lines 10");
    const setting full = {.file_bytes = 2000};
    assert_int_equal(run_with(&full, "synth dirty --output e --lines 1000")->status, 1);
    assert_entries("d");
}

int main(void)
{
#define IN_SANDBOX(test) cmocka_unit_test_setup_teardown(test, sandbox_open, sandbox_close)
    const struct CMUnitTest tests[] = {
        IN_SANDBOX(finds_each_kind_alone),        IN_SANDBOX(finds_all_together),
        IN_SANDBOX(finds_lines_of_another_whole), IN_SANDBOX(tells_all),
        IN_SANDBOX(gives_the_same_bytes),         IN_SANDBOX(refuses_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
