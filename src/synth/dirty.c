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
    const tsl__defect *defect = tsl__defect_get(index);
    return defect ? defect->name : NULL;
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
    const tsl__defect *defect;
    const tsl_defect_share *asked = opt->share_count ? opt->share : &usual;
    memset(share, 0, TSL__MOST_DEFECTS * sizeof *share);
    for (size_t s = 0; s < (opt->share_count ? opt->share_count : 1); s++) {
        int known = 0;
        if (!(asked[s].share >= 0 && asked[s].share <= 1)) {
            return tsl__error_set(err, TSL_E_OPTION, "share of %s: %g is not a share, 0 to 1", asked[s].defect,
                                  asked[s].share);
        }
        for (size_t i = 0; (defect = tsl__defect_get(i)); i++) {
            const int is_all = strcmp(asked[s].defect, ALL) == 0;
            if (is_all ? !defect->by_name : strcmp(asked[s].defect, defect->name) == 0) {
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
    tsl__text text; /* not written yet, in UTF-8 */
    uint64_t lines;
    tsl__layout layout;
} sheet;

typedef struct job {
    const tsl_dirty_options *opt;
    tsl__shop shop;
    double share[TSL__MOST_DEFECTS];
    uint64_t due[TSL__MOST_DEFECTS], broken_by[TSL__MOST_DEFECTS];
    sheet clean, dirty, list;
    tsl__shop_table table;
    size_t columns;
    const char *name[TSL__SHOP_COLUMNS];    /* of the dirty one */
    unsigned char taken[TSL__SHOP_COLUMNS]; /* 1: another as a whole, so that nothing else befalls it */
    int is_behind;                          /* 1: the line that was written last is broken */
    uint64_t rows, broken;
    int64_t sum; /* of all amounts, in cents */
} job;

/* A line's order. */
typedef struct in_order {
    int64_t cents;
    size_t lines, place;
} in_order;

static tsl_status open_sheet(sheet *s, const char *folder, const char *part, const char *name, tsl_error *err)
{
    tsl_status status = TSL_OK;
    char *path = tsl__format("%s/%s%s", folder, part, name);
    TSL__NEED(path);
    TSL__TRY(tsl_file_open(&(tsl_target){.path = path}, &s->file, err));
    s->lines = 0;
    s->layout = (tsl__layout){.delimiter = ',', .behind = "", .end = "\n"};
done:
    free(path);
    return status;
}

static tsl_status flush(sheet *s, size_t from, tsl_error *err)
{
    tsl_status status = TSL_OK;
    tsl__text other = {0};
    TSL__NEED(!s->text.failed);
    if (s->text.length > from) {
        const tsl__text *text = s->layout.encoding == TSL__SYNTH_UTF8 ? &s->text : &other;
        if (text == &other) {
            tsl__synth_encode(s->layout.encoding, s->text.data, s->text.length, &other);
            TSL__NEED(!other.failed);
        }
        TSL__TRY(tsl_file_write(s->file, text->data, text->length, err));
        tsl__text_clear(&s->text);
    }
done:
    tsl__text_free(&other);
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
static void put_cell(tsl__text *text, const char *cell, char delimiter)
{
    if (!strpbrk(cell, ",\"\r\n") && !strchr(cell, delimiter)) {
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

/* Returns the line of the file that it begins on. */
static uint64_t put_broken(sheet *s, const tsl__broken *b)
{
    const size_t columns = b->fields < 0 ? b->columns - 1 : b->columns;
    const uint64_t line = ++s->lines;
    for (size_t i = 0; i < columns; i++) {
        const char *cell = b->line->cell[i];
        tsl__text_append(&s->text, &s->layout.delimiter, i > 0);
        if (i == b->column && b->is_raw) {
            tsl__text_append(&s->text, cell, b->bytes ? b->bytes : strlen(cell));
        } else {
            put_cell(&s->text, cell, s->layout.delimiter);
        }
        for (const char *at = cell; (at = strchr(at, '\n')); at++) {
            s->lines++;
        }
    }
    if (b->fields > 0) {
        tsl__text_append(&s->text, &s->layout.delimiter, 1);
        tsl__text_puts(&s->text, "x");
    }
    tsl__text_puts(&s->text, b->columns ? s->layout.behind : "");
    tsl__text_puts(&s->text, b->end ? b->end : s->layout.end);
    return line;
}

/* Of the line as it is. */
static void start(tsl__broken *b, const tsl__defect *defect)
{
    b->column = defect ? defect->column : TSL__DEFECT_NO_COLUMN;
    b->cell = b->column == TSL__DEFECT_NO_COLUMN ? NULL : b->line->cell[b->column];
    b->is_raw = b->fields = b->is_beside = 0;
    b->bytes = 0;
    b->end = NULL;
    b->times = 1;
}

static uint64_t put_line(sheet *s, const tsl__shop_line *line, size_t columns)
{
    tsl__shop_line copy = *line;
    tsl__broken b = {.line = &copy, .columns = columns};
    start(&b, NULL);
    return put_broken(s, &b);
}

/* A cell as the list shows it: what is no text by its bytes, \xFF. */
static void put_shown(tsl__text *text, const char *cell, size_t bytes)
{
    tsl__text shown = {0};
    for (size_t i = 0, valid = 0; i < bytes; i++) {
        valid = i < valid ? valid : i + tsl__utf8_check(cell + i, bytes - i);
        if (cell[i] == 0 || i >= valid) {
            tsl__text_printf(&shown, "\\x%02X", (unsigned)(unsigned char)cell[i]);
        } else {
            tsl__text_append(&shown, cell + i, 1);
        }
    }
    put_cell(text, shown.data ? shown.data : "", ',');
    text->failed |= shown.failed;
    tsl__text_free(&shown);
}

/* One line of the list, of a line of the dirty file; clean_line: 0: it has none. */
static void list(job *j, const tsl__defect *defect, const tsl__broken *b, const char *was, uint64_t line,
                 uint64_t clean_line)
{
    tsl__text *t = &j->list.text;
    tsl__text_printf(t, "%s,%s,%" PRIu64 ",", defect->name, tsl__shop_get_file(j->table), line);
    if (clean_line) {
        tsl__text_printf(t, "%" PRIu64, clean_line);
    }
    tsl__text_printf(t, ",%s,", b->cell ? j->name[b->column] : "");
    put_cell(t, was, ',');
    tsl__text_puts(t, ",");
    put_shown(t, b->cell ? b->cell : "", !b->cell ? 0 : b->bytes ? b->bytes : strlen(b->cell));
    tsl__text_printf(t, ",%s\n", defect->expected);
    j->broken++;
}

/* ---- Breaking ---------------------------------------------------------------------- */

static int is_drawn(const job *j, const tsl__defect *defect)
{
    const int is_of_lines = defect->place == TSL__DEFECT_LINES || defect->place == TSL__DEFECT_BETWEEN;
    const int is_of_bytes = strcmp(defect->expected, "rejected: encoding") == 0; /* of UTF-8 */
    return defect->table == j->table && (is_of_lines || defect->place == TSL__DEFECT_EACH) &&
           !(is_of_bytes && j->dirty.layout.encoding) &&
           (defect->column == TSL__DEFECT_NO_COLUMN || !j->taken[defect->column]);
}

static int can_write(const job *j, const tsl__broken *b)
{
    return !b->cell || tsl__synth_can_encode(j->dirty.layout.encoding, b->cell);
}

/* Draws what befalls the line, and takes the first due one that suits it; NULL: none. */
static const tsl__defect *choose(job *j, tsl__broken *b)
{
    const tsl__defect *defect, *chosen = NULL;
    const tsl__shop_line as_it_was = *b->line;
    double u = tsl__rng_uniform(&b->rng);
    for (size_t i = 0; (defect = tsl__defect_get(i)); i++) {
        if (!is_drawn(j, defect)) {
            continue;
        }
        const int is_of_all = defect->place == TSL__DEFECT_EACH;
        j->due[i] += is_of_all ? j->share[i] > 0 : u >= 0 && u < j->share[i];
        u -= is_of_all ? 0 : j->share[i];
        if (!chosen && j->due[i]) {
            start(b, defect);
            b->turn = j->broken_by[i];
            chosen = defect->change(b) && can_write(j, b) ? defect : NULL;
            *b->line = chosen ? *b->line : as_it_was;
            j->due[i] -= chosen != NULL;
            j->broken_by[i] += chosen != NULL;
        }
        j->due[i] = is_of_all ? 0 : j->due[i];
    }
    return chosen;
}

/* What befalls all lines; of one that is no row, the numbers alone. */
static void change_whole(const job *j, tsl__broken *b)
{
    const tsl__defect *defect;
    for (size_t i = 0; (defect = tsl__defect_get(i)); i++) {
        if (defect->table == j->table && defect->place == TSL__DEFECT_WHOLE && defect->change && j->share[i] > 0) {
            start(b, defect);
            (void)((b->row || strpbrk(b->cell, "0123456789")) && defect->change(b));
        }
    }
}

/* The broken line, and those that come with it. */
static void put_dirty(job *j, const tsl__defect *defect, tsl__broken *b, const tsl__shop_line *clean,
                      const tsl__shop_line *as_it_was)
{
    const int is_more = defect->place == TSL__DEFECT_BETWEEN || b->times > 1 || b->is_beside;
    const char *was = b->cell ? clean->cell[b->column] : "";
    uint64_t line = 0;
    for (int i = 0; i < b->times; i++) {
        line = put_broken(&j->dirty, b);
    }
    list(j, defect, b, was, line, is_more ? 0 : j->clean.lines);
    if (defect->place == TSL__DEFECT_BETWEEN || b->is_beside) {
        line = put_line(&j->dirty, as_it_was, j->columns);
    }
    if (b->is_beside) {
        *b->line = *as_it_was;
        list(j, defect, b, was, line, j->clean.lines);
    }
}

/* Writes a line to both files, broken or not. */
static tsl_status put_both(job *j, const tsl__shop_line *line, in_order of, tsl_error *err)
{
    tsl__shop_line changed = *line;
    tsl__broken b = {.line = &changed,
                     .columns = j->columns,
                     .shop = &j->shop,
                     .name = j->name,
                     .delimiter = j->dirty.layout.delimiter,
                     .is_behind = j->is_behind,
                     .row = ++j->rows,
                     .order_cents = of.cents,
                     .order_lines = of.lines,
                     .order_place = of.place,
                     .rng = tsl__rng_open(j->opt->seed, FOR_DEFECT + (uint32_t)j->table, (uint32_t)j->clean.lines)};
    tsl_status status = TSL_OK;
    put_line(&j->clean, line, j->columns);
    change_whole(j, &b);
    const tsl__shop_line as_it_was = changed;
    const tsl__defect *defect = choose(j, &b);
    j->is_behind = defect != NULL;
    if (defect) {
        put_dirty(j, defect, &b, line, &as_it_was);
    } else {
        put_line(&j->dirty, &as_it_was, j->columns);
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
    const tsl__defect *defect;
    for (size_t i = 0; (defect = tsl__defect_get(i)); i++) {
        if (defect->table == j->table && defect->place == place && j->share[i] > 0) {
            tsl__shop_line line = {.cents = j->sum};
            tsl__broken b = {.line = &line, .columns = j->columns, .order_cents = j->sum, .name = j->name};
            start(&b, defect);
            defect->change(&b);
            if (place == TSL__DEFECT_BELOW) {
                change_whole(j, &b);
                start(&b, defect);
            }
            const uint64_t at = put_broken(&j->dirty, &b);
            list(j, defect, &b, "", at, 0);
        }
    }
}

/* ---- The header ---------------------------------------------------------------------- */

static void put_header(sheet *s, size_t columns, const char *const *name)
{
    tsl__shop_line line = {.cents = 0};
    for (size_t i = 0; i < columns; i++) {
        tsl__print(line.cell[i], TSL__SHOP_CELL, "%s", name[i]);
    }
    put_line(s, &line, columns);
}

static void lay_out(tsl__layout *to, const tsl__layout *of)
{
    to->encoding = of->encoding ? of->encoding : to->encoding;
    to->is_marked |= of->is_marked;
    to->delimiter = of->delimiter ? of->delimiter : to->delimiter;
    to->above = of->above ? of->above : to->above;
    to->behind = of->behind ? of->behind : to->behind;
    to->end = of->end ? of->end : to->end;
}

/* What is another as a whole; of several of one column the first. */
static void begin_dirty(job *j, const char *const *clean)
{
    const tsl__defect *defect;
    memcpy(j->name, clean, j->columns * sizeof *clean);
    memset(j->taken, 0, sizeof j->taken);
    for (size_t i = 0; (defect = tsl__defect_get(i)); i++) {
        if (defect->table != j->table || defect->place != TSL__DEFECT_WHOLE || !(j->share[i] > 0)) {
            continue;
        }
        lay_out(&j->dirty.layout, &defect->layout);
        if (defect->column != TSL__DEFECT_NO_COLUMN) {
            j->share[i] = j->taken[defect->column] ? 0 : j->share[i];
            j->name[defect->column] =
                defect->header && !j->taken[defect->column] ? defect->header : j->name[defect->column];
            j->taken[defect->column] = 1;
        }
    }
    sheet *const s = &j->dirty;
    tsl__text_puts(&s->text, s->layout.is_marked ? "\xEF\xBB\xBF" : "");
    if (s->layout.above) {
        tsl__text_printf(&s->text, "%s%s", s->layout.above, s->layout.end);
        s->lines++;
    }
    put_header(s, j->columns, j->name);
}

/* They are listed once, with the line of the header. */
static void list_whole(job *j, const char *const *clean)
{
    const tsl__defect *defect;
    for (size_t i = 0; (defect = tsl__defect_get(i)); i++) {
        if (defect->table == j->table && defect->place == TSL__DEFECT_WHOLE && j->share[i] > 0) {
            tsl__shop_line line = {.cents = 0};
            tsl__broken b = {.line = &line};
            start(&b, defect);
            if (b.cell) {
                tsl__broken_print(&b, "%s", j->name[b.column]);
            }
            list(j, defect, &b, b.cell ? clean[b.column] : "", j->dirty.lines, j->clean.lines);
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
            TSL__TRY(put_both(j, &line[i], (in_order){cents, lines, i}, err));
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
        TSL__TRY(put_both(j, &line, (in_order){0, 0, 0}, err));
    }
done:
    return status;
}

static tsl_status put_table(job *j, const char *folder, tsl_error *err)
{
    const char *const *name, *file = tsl__shop_get_file(j->table);
    tsl_status status = TSL_OK;
    j->columns = tsl__shop_get_columns(j->table, &name);
    j->rows = 0;
    TSL__TRY(open_sheet(&j->clean, folder, "clean/", file, err));
    TSL__TRY(open_sheet(&j->dirty, folder, "dirty/", file, err));
    put_header(&j->clean, j->columns, name);
    begin_dirty(j, name);
    list_whole(j, name);
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
