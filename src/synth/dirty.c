/*
 * dirty.c: tables made twice, clean and with a share of their lines broken, and the list of what was broken.
 *
 * Each line draws what befalls it from a stream of its own. What does not suit it (a mark between thousands, of a small
 * amount) waits for the next line that it suits, so that as much is broken as was asked for.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <tesela/store.h>
#include <tesela/synth.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/options.h"
#include "base/text.h"
#include "synth/defects.h"

#define FLUSH_BYTES ((size_t)1 << 16)
#define DEFAULT_SHARE 0.005
#define ALL "all"

/* Beside those of shop.c. */
enum { FOR_DEFECT = 16 };

/* ---- Options ------------------------------------------------------------------- */

#define RANGE(field, ...) TSL__RANGE(tsl_dirty_options, field, __VA_ARGS__)
static const tsl_option_range ranges[] = {RANGE(lines, .low = 1, .high = 1e9),
                                          RANGE(customers, .low = 1, .high = 899999)};

void tsl_dirty_defaults(tsl_dirty_options *opt, size_t size)
{
    const tsl_dirty_options full = {.size = sizeof full, .lines = 10000, .customers = 500, .seed = 1};
    tsl__options_give(opt, size, &full, sizeof full);
}

const tsl_option_range *tsl_dirty_get_ranges(size_t *count)
{
    *count = sizeof ranges / sizeof *ranges;
    return ranges;
}

const char *tsl_dirty_get_defect(size_t index)
{
    size_t count;
    const tsl__defect *defect = tsl__defects_get(&count);
    return index < count ? defect[index].name : NULL;
}

static tsl_status fail_unknown(const char *asked, tsl_error *err)
{
    const char *name[TSL__MOST_DEFECTS];
    size_t count = 0;
    while ((name[count] = tsl_dirty_get_defect(count))) {
        count++;
    }
    const char *near = tsl_name_get_nearest(asked, name, count);
    return tsl__error_set(err, TSL_E_OPTION, "share: no defect is called \"%s\"%s%s%s", asked,
                          near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

/* share[i]: of the defect i. */
static tsl_status find_shares(const tsl_dirty_options *opt, double share[TSL__MOST_DEFECTS], tsl_error *err)
{
    static const tsl_defect_share usual = {ALL, DEFAULT_SHARE};
    size_t count;
    const tsl__defect *defect = tsl__defects_get(&count);
    const tsl_defect_share *asked = opt->share_count ? opt->share : &usual;
    memset(share, 0, TSL__MOST_DEFECTS * sizeof *share);
    for (size_t s = 0; s < (opt->share_count ? opt->share_count : 1); s++) {
        int known = 0;
        if (!(asked[s].share >= 0 && asked[s].share <= 1)) {
            return tsl__error_set(err, TSL_E_OPTION, "share of %s: %g is not a share, 0 to 1", asked[s].defect,
                                  asked[s].share);
        }
        for (size_t i = 0; i < count; i++) {
            const int is_all = strcmp(asked[s].defect, ALL) == 0;
            if (is_all ? !defect[i].by_name : strcmp(asked[s].defect, defect[i].name) == 0) {
                share[i] = asked[s].share;
                known = 1;
            }
        }
        if (!known) {
            return fail_unknown(asked[s].defect, err);
        }
    }
    return TSL_OK;
}

static tsl_status open_options(const tsl_dirty_options *given, tsl_dirty_options *opt, tsl_error *err)
{
    double share[TSL__MOST_DEFECTS];
    tsl_status status = TSL_OK;
    tsl_dirty_defaults(opt, sizeof *opt);
    TSL__TRY(tsl__options_take("dirty", opt, sizeof *opt, given, err));
    TSL__TRY(tsl__options_check_ranges(opt, ranges, sizeof ranges / sizeof *ranges, err));
    TSL__TRY(tsl__options_check_list(opt->share, opt->share_count, "share", err));
    TSL__TRY(find_shares(opt, share, err));
done:
    return status;
}

tsl_status tsl_dirty_check(const tsl_dirty_options *opt, tsl_error *err)
{
    tsl_dirty_options full;
    tsl__error_reset(err);
    return open_options(opt, &full, err);
}

/* ---- Files ------------------------------------------------------------------------ */

/* A file that is being written. */
typedef struct sheet {
    tsl_file *file;
    tsl__text text; /* not written yet */
    uint64_t lines;
} sheet;

typedef struct job {
    const tsl_dirty_options *opt;
    tsl__shop shop;
    double share[TSL__MOST_DEFECTS];
    uint64_t due[TSL__MOST_DEFECTS];
    sheet clean, dirty, list;
    tsl__shop_table table;
    uint64_t broken;
    int64_t sum; /* of all amounts, in cents */
} job;

static tsl_status open_sheet(sheet *s, const char *folder, const char *part, const char *name, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *path = tsl__format("%s/%s%s", folder, part, name);
    TSL__NEED(path);
    TSL__TRY(tsl_file_open(&(tsl_target){.path = path}, &s->file, err));
    s->lines = 0;
done:
    free(path);
    return status;
}

static tsl_status flush(sheet *s, size_t from, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__NEED(!s->text.failed);
    if (s->text.length > from) {
        TSL__TRY(tsl_file_write(s->file, s->text.data, s->text.length, err));
        tsl__text_clear(&s->text);
    }
done:
    return status;
}

static tsl_status close_sheet(sheet *s, tsl_error *err)
{
    tsl_status status = TSL_OK;
    TSL__TRY(flush(s, 0, err));
    tsl_file *const file = s->file;
    s->file = NULL;
    TSL__TRY(tsl_file_close(file, err));
done:
    return status;
}

static void free_sheet(sheet *s)
{
    tsl_file_free(s->file);
    tsl__text_free(&s->text);
}

/* ---- Lines ------------------------------------------------------------------------ */

/* In quotes where RFC 4180 asks for them. */
static void put_cell(tsl__text *text, const char *cell)
{
    if (!strpbrk(cell, ",\"\r\n")) {
        tsl__text_puts(text, cell);
        return;
    }
    tsl__text_puts(text, "\"");
    for (const char *s = cell; *s; s++) {
        tsl__text_puts(text, *s == '"' ? "\"" : "");
        tsl__text_append(text, s, 1);
    }
    tsl__text_puts(text, "\"");
}

static void put_line(sheet *s, const tsl__shop_line *line, size_t columns)
{
    for (size_t i = 0; i < columns; i++) {
        tsl__text_puts(&s->text, i ? "," : "");
        put_cell(&s->text, line->cell[i]);
    }
    tsl__text_puts(&s->text, "\n");
    s->lines++;
}

static void put_broken(sheet *s, const tsl__broken *b)
{
    const size_t columns = b->fields < 0 ? b->columns - 1 : b->columns;
    for (size_t i = 0; i < columns; i++) {
        const char *cell = b->line->cell[i];
        tsl__text_puts(&s->text, i ? "," : "");
        if (i == b->column && b->is_raw) {
            tsl__text_append(&s->text, cell, b->bytes ? b->bytes : strlen(cell));
        } else {
            put_cell(&s->text, cell);
        }
    }
    tsl__text_puts(&s->text, b->fields > 0 ? ",x" : "");
    tsl__text_puts(&s->text, b->end);
    s->lines++;
}

/* A cell as the list shows it: what is no text by its bytes, \xFF. */
static void put_shown(tsl__text *text, const char *cell, size_t bytes)
{
    tsl__text shown = {0};
    for (size_t i = 0; i < bytes; i++) {
        const unsigned char c = (unsigned char)cell[i];
        if (c == 0 || c == 0xFF) {
            tsl__text_printf(&shown, "\\x%02X", c);
        } else {
            tsl__text_append(&shown, cell + i, 1);
        }
    }
    put_cell(text, shown.data ? shown.data : "");
    text->failed |= shown.failed;
    tsl__text_free(&shown);
}

/* One line of the list, of the line of the dirty file that was written last. */
static void list(job *j, const tsl__defect *defect, const tsl__broken *b, const char *was, uint64_t clean_line)
{
    const char *const *name;
    tsl__text *t = &j->list.text;
    tsl__shop_get_columns(j->table, &name);
    tsl__text_printf(t, "%s,%s,%" PRIu64 ",", defect->name, tsl__shop_get_file(j->table), j->dirty.lines);
    if (clean_line) {
        tsl__text_printf(t, "%" PRIu64, clean_line);
    }
    tsl__text_printf(t, ",%s,", b->cell ? name[b->column] : "");
    put_cell(t, was);
    tsl__text_puts(t, ",");
    put_shown(t, b->cell ? b->cell : "", !b->cell ? 0 : b->bytes ? b->bytes : strlen(b->cell));
    tsl__text_printf(t, ",%s\n", defect->expected);
    j->broken++;
}

/* ---- Breaking ---------------------------------------------------------------------- */

static void start(tsl__broken *b, const tsl__defect *defect)
{
    b->column = defect->column;
    b->cell = defect->column == TSL__DEFECT_NO_COLUMN ? NULL : b->line->cell[defect->column];
    b->is_raw = b->fields = 0;
    b->bytes = 0;
    b->end = "\n";
    b->times = 1;
}

/* Draws what befalls the line, and takes the first due one that suits it; NULL: none. */
static const tsl__defect *choose(job *j, tsl__broken *b)
{
    size_t count;
    const tsl__defect *defect = tsl__defects_get(&count), *chosen = NULL;
    double u = tsl__rng_uniform(&b->rng);
    for (size_t i = 0; i < count; i++) {
        if (defect[i].table != j->table || defect[i].place == TSL__DEFECT_ABOVE ||
            defect[i].place == TSL__DEFECT_BELOW) {
            continue;
        }
        const int is_of_all = defect[i].place == TSL__DEFECT_ORDERS;
        j->due[i] += is_of_all ? j->share[i] > 0 : u >= 0 && u < j->share[i];
        u -= is_of_all ? 0 : j->share[i];
        if (!chosen && j->due[i]) {
            start(b, &defect[i]);
            chosen = defect[i].change(b) ? &defect[i] : NULL;
            j->due[i] = is_of_all ? 0 : j->due[i] - (chosen != NULL);
        }
    }
    return chosen;
}

/* Writes a line to both files, broken or not. */
static tsl_status put_both(job *j, const tsl__shop_line *line, int64_t order_cents, size_t order_lines, tsl_error *err)
{
    const char *const *name;
    const size_t columns = tsl__shop_get_columns(j->table, &name);
    tsl__shop_line changed = *line;
    tsl__broken b = {.line = &changed,
                     .columns = columns,
                     .order_cents = order_cents,
                     .order_lines = order_lines,
                     .rng = tsl__rng_open(j->opt->seed, FOR_DEFECT + (uint32_t)j->table, (uint32_t)j->clean.lines)};
    tsl_status status = TSL_OK;
    put_line(&j->clean, line, columns);
    const tsl__defect *defect = choose(j, &b);
    if (!defect) {
        put_line(&j->dirty, line, columns);
    } else if (defect->place == TSL__DEFECT_BETWEEN) {
        tsl__text_puts(&j->dirty.text, b.end);
        j->dirty.lines++;
        list(j, defect, &b, "", 0);
        put_line(&j->dirty, line, columns);
    } else {
        const char *was = b.cell ? line->cell[b.column] : "";
        for (int i = 0; i < b.times; i++) {
            put_broken(&j->dirty, &b);
        }
        list(j, defect, &b, was, b.times > 1 ? 0 : j->clean.lines);
    }
    TSL__TRY(flush(&j->clean, FLUSH_BYTES, err));
    TSL__TRY(flush(&j->dirty, FLUSH_BYTES, err));
    TSL__TRY(flush(&j->list, FLUSH_BYTES, err));
done:
    return status;
}

/* The lines that stand once, above or below all others. */
static void put_once(job *j, tsl__defect_place place)
{
    const char *const *name;
    const size_t columns = tsl__shop_get_columns(j->table, &name);
    size_t count;
    const tsl__defect *defect = tsl__defects_get(&count);
    for (size_t i = 0; i < count; i++) {
        if (defect[i].table == j->table && defect[i].place == place && j->share[i] > 0) {
            tsl__shop_line line = {.cents = 0};
            tsl__broken b = {.line = &line, .columns = columns, .order_cents = j->sum};
            start(&b, &defect[i]);
            defect[i].change(&b);
            put_broken(&j->dirty, &b);
            list(j, &defect[i], &b, "", 0);
        }
    }
}

/* ---- Tables ---------------------------------------------------------------------- */

static tsl_status put_sales(job *j, tsl_error *err)
{
    tsl_status status = TSL_OK;
    int left = j->opt->lines;
    for (uint32_t order = 0; left > 0; order++) {
        tsl__shop_line line[TSL__SHOP_LINES];
        size_t lines = tsl__shop_make_order(&j->shop, order, line);
        int64_t cents = 0;
        lines = lines < (size_t)left ? lines : (size_t)left;
        for (size_t i = 0; i < lines; i++) {
            cents += line[i].cents;
        }
        for (size_t i = 0; i < lines; i++) {
            TSL__TRY(put_both(j, &line[i], cents, lines, err));
        }
        j->sum += cents;
        left -= (int)lines;
    }
done:
    return status;
}

static tsl_status put_others(job *j, tsl_error *err)
{
    const int is_of_people = j->table == TSL__SHOP_PEOPLE;
    const int lines = is_of_people ? j->opt->customers : j->opt->lines / 2;
    tsl_status status = TSL_OK;
    for (int i = 0; i < lines; i++) {
        tsl__shop_line line;
        (is_of_people ? tsl__shop_make_person : tsl__shop_make_visit)(&j->shop, (uint32_t)i, &line);
        TSL__TRY(put_both(j, &line, 0, 0, err));
    }
done:
    return status;
}

static void put_header(sheet *s, size_t columns, const char *const *name)
{
    for (size_t i = 0; i < columns; i++) {
        tsl__text_printf(&s->text, "%s%s", i ? "," : "", name[i]);
    }
    tsl__text_puts(&s->text, "\n");
    s->lines++;
}

static tsl_status put_table(job *j, const char *folder, tsl_error *err)
{
    const char *const *name, *file = tsl__shop_get_file(j->table);
    const size_t columns = tsl__shop_get_columns(j->table, &name);
    tsl_status status = TSL_OK;
    TSL__TRY(open_sheet(&j->clean, folder, "clean/", file, err));
    TSL__TRY(open_sheet(&j->dirty, folder, "dirty/", file, err));
    put_header(&j->clean, columns, name);
    put_header(&j->dirty, columns, name);
    put_once(j, TSL__DEFECT_ABOVE);
    TSL__TRY(j->table == TSL__SHOP_SALES ? put_sales(j, err) : put_others(j, err));
    put_once(j, TSL__DEFECT_BELOW);
    TSL__TRY(close_sheet(&j->clean, err));
    TSL__TRY(close_sheet(&j->dirty, err));
done:
    return status;
}

static tsl_status put_all(job *j, const char *folder, tsl_error *err)
{
    static const char *const columns[] = {"kind", "file", "line", "clean_line", "column", "was", "is", "expected"};
    tsl_status status = TSL_OK;
    TSL__TRY(open_sheet(&j->list, folder, "", "broken.csv", err));
    put_header(&j->list, sizeof columns / sizeof *columns, columns);
    for (int table = 0; table < TSL__SHOP_TABLES; table++) {
        j->table = (tsl__shop_table)table;
        TSL__TRY(put_table(j, folder, err));
    }
    TSL__TRY(close_sheet(&j->list, err));
done:
    free_sheet(&j->clean);
    free_sheet(&j->dirty);
    free_sheet(&j->list);
    return status;
}

tsl_status tsl_dirty_write(const char *path, int replace, const tsl_dirty_options *opt, uint64_t *broken,
                           tsl_error *err)
{
    static const char *const files[] = {"broken.csv",
                                        "clean/transactions.csv",
                                        "clean/customers.csv",
                                        "clean/interactions.csv",
                                        "dirty/transactions.csv",
                                        "dirty/customers.csv",
                                        "dirty/interactions.csv"};
    tsl_dirty_options full;
    job j = {.opt = &full};
    tsl_folder *folder = NULL;
    tsl_status status = TSL_OK;
    tsl__error_reset(err);
    TSL__TRY(open_options(opt, &full, err));
    TSL__TRY(find_shares(&full, j.share, err));
    j.shop = (tsl__shop){full.seed, (uint32_t)full.customers};
    TSL__TRY(tsl_folder_open(path, replace, files, sizeof files / sizeof *files, &folder, err));
    TSL__TRY(put_all(&j, tsl_folder_get_path(folder), err));
    tsl_folder *const whole = folder;
    folder = NULL;
    TSL__TRY(tsl_folder_close(whole, err));
    if (broken) {
        *broken = j.broken;
    }
done:
    tsl_folder_free(folder);
    return status;
}
