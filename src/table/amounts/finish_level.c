/*
 * finish_level.c: what level an amount is of: a line, or the whole order on each of its lines; the whole line, or a
 * piece of it. Told by some rows, all of whose orders are whole; noted, as amounts alone prove nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/error.h"
#include "base/notes.h"
#include "base/text.h"
#include "expr/quote.h"
#include "table/reading.h"

#define ENOUGH_ROWS ((size_t)1 << 16)

typedef struct level_row {
    int32_t customer, order; /* codes; -1 none; of an amount that is a product the product in place of the order */
    int64_t amount, quantity, price;
    size_t file;
    uint64_t line; /* 0: not known */
} level_row;

/* Outputs by role, TSL__NONE where there is none. */
typedef struct level_columns {
    size_t order, amount, quantity, price;
} level_columns;

typedef struct level_rows {
    level_row *row;
    size_t rows, capacity;
} level_rows;

static size_t find_output(const tsl__reading *r, tsl_role role)
{
    size_t i = 0;
    while (i < r->terms.plan.outputs && r->terms.plan.output[i].role != role) {
        i++;
    }
    return i < r->terms.plan.outputs ? i : TSL__NONE;
}

/* ---- The rows that are looked at --------------------------------------------------- */

static int64_t get_number(int64_t *const *number, size_t column, size_t row)
{
    return column == TSL__NONE ? TSL_MISSING_INT : number[column][row];
}

static tsl_status reserve(level_rows *l, size_t more, tsl_error *err)
{
    void *row = l->row;
    tsl_status status = TSL_OK;
    TSL__NEED(tsl__reserve(&row, &l->capacity, l->rows + more, sizeof *l->row) == 0);
    l->row = row;
done:
    return status;
}

static tsl_status take_shard(const tsl__reading *r, const level_columns *c, size_t number, const uint8_t *wanted,
                             tsl__shard *shard, level_rows *l, tsl_error *err)
{
    const int32_t base = (int32_t)(number << 22); /* a shard has its own codes */
    tsl_status status = TSL_OK;
    TSL__TRY(tsl__shard_read(r->shards, number, wanted, 1, shard, err));
    TSL__TRY(reserve(l, shard->rows, err));
    for (size_t i = 0; i < shard->rows; i++) {
        l->row[l->rows++] = (level_row){.customer = base + shard->customer[i],
                                        .order = c->order == TSL__NONE ? -1 : shard->code[c->order][i],
                                        .amount = shard->number[c->amount][i],
                                        .quantity = get_number(shard->number, c->quantity, i),
                                        .price = get_number(shard->number, c->price, i),
                                        .file = shard->file[i],
                                        .line = shard->line[i]};
    }
done:
    return status;
}

static tsl_status take_shards(const tsl__reading *r, const level_columns *c, level_rows *l, tsl_error *err)
{
    tsl__shard shard = {.rows = 0};
    uint8_t *wanted = NULL;
    tsl_status status = TSL_OK;
    TSL__NEED(wanted = tsl__alloc_zero(r->terms.plan.outputs, 1));
    const size_t all[] = {c->order, c->amount, c->quantity, c->price};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (all[i] != TSL__NONE) {
            wanted[all[i]] = 1;
        }
    }
    for (size_t s = 0; s < TSL__SHARDS && l->rows < ENOUGH_ROWS; s++) {
        const int is_huge = tsl__shards_count_rows(r->shards, s) > 4 * ENOUGH_ROWS; /* someone with half of all rows */
        TSL__TRY(is_huge ? TSL_OK : take_shard(r, c, s, wanted, &shard, l, err));
    }
done:
    tsl__shard_free(r->shards, &shard);
    free(wanted);
    return status;
}

static tsl_status take_columns(const tsl__reading *r, const level_columns *c, level_rows *l, tsl_error *err)
{
    tsl_status status = TSL_OK;
    const size_t rows = r->rows < 4 * ENOUGH_ROWS ? r->rows : 4 * ENOUGH_ROWS;
    const int knows_lines = r->hashes.rows == r->rows;
    TSL__TRY(reserve(l, rows, err));
    for (size_t i = 0; i < rows; i++) {
        l->row[l->rows++] =
            (level_row){.customer = r->build[0].code[i],
                        .order = c->order == TSL__NONE ? -1 : r->build[c->order].code[i],
                        .amount = r->build[c->amount].integer[i],
                        .quantity = c->quantity == TSL__NONE ? TSL_MISSING_INT : r->build[c->quantity].integer[i],
                        .price = c->price == TSL__NONE ? TSL_MISSING_INT : r->build[c->price].integer[i],
                        .file = knows_lines ? r->hashes.row[i].file : 0,
                        .line = knows_lines ? r->hashes.row[i].line : 0};
    }
done:
    return status;
}

static int compare_rows(const void *a, const void *b)
{
    const level_row *x = a, *y = b;
    return x->customer != y->customer ? (x->customer < y->customer ? -1 : 1)
                                      : (x->order > y->order) - (x->order < y->order);
}

/* ---- Of an order, or of a line ------------------------------------------------------------ */

/* What the rows show. */
typedef struct level_counts {
    size_t orders, repeated, summed; /* of several lines; with one amount on all; which is the sum of their products */
    size_t lines, multiplied;        /* with quantity and price; whose amount is their product */
    size_t others, priced;           /* of these with another quantity than 1; whose amount is the price */
    size_t below, scaled;            /* of those not multiplied: less than that; as many times as the first */
    size_t single;                   /* orders with an amount on one line alone, and 0 on the others */
    const level_row *first_order, *first_line, *first_single; /* repeated; not their product; single */
} level_counts;

static int has_product(const level_row *row, __int128 *product)
{
    return tsl__line_has_product(&(tsl__line_money){row->amount, row->quantity, row->price}, product);
}

static const level_row *get_earlier(const level_row *a, const level_row *b)
{
    return !a || b->file < a->file || (b->file == a->file && b->line < a->line) ? b : a;
}

static void count_order(const level_row *row, size_t rows, level_counts *c)
{
    __int128 sum = 0, product;
    int known = 1, same = 1;
    size_t amounts = 0, zeros = 0;
    for (size_t i = 0; i < rows; i++) {
        zeros += row[i].amount == 0;
        amounts += row[i].amount != 0 && row[i].amount != TSL_MISSING_INT;
        same = same && row[i].amount == row[0].amount && row[0].amount != 0;
        known = known && has_product(&row[i], &product);
        sum += known ? product : 0;
    }
    c->orders++;
    c->repeated += (size_t)same;
    c->summed += same && known && tsl__line_is_same(sum, row[0].amount, 2 * (int64_t)rows * TSL_DECIMAL_ONE);
    const int single = amounts == 1 && zeros == rows - 1;
    c->single += (size_t)single;
    for (size_t i = 0; i < rows && single; i++) {
        c->first_single = get_earlier(c->first_single, &row[i]);
    }
    for (size_t i = 0; i < rows && same; i++) {
        c->first_order = get_earlier(c->first_order, &row[i]);
    }
}

static void count_line(const level_row *row, level_counts *c)
{
    __int128 product;
    if (!has_product(row, &product) || row->amount == TSL_MISSING_INT) {
        return;
    }
    const int is_product = tsl__line_is_product(&(tsl__line_money){row->amount, row->quantity, row->price}, product);
    const int is_one = row->quantity == TSL_DECIMAL_ONE || row->quantity == -TSL_DECIMAL_ONE;
    c->lines++;
    c->multiplied += (size_t)is_product;
    c->others += !is_one;
    c->priced += !is_one && !is_product && row->amount == row->price;
    c->first_line = is_product ? c->first_line : get_earlier(c->first_line, row);
}

static __int128 get_size(__int128 value)
{
    return value < 0 ? -value : value;
}

/* Lines whose amount is another than their product, by what it is. */
static void count_off(const level_rows *l, level_counts *c)
{
    __int128 first, product;
    if (!c->first_line || !has_product(c->first_line, &first)) {
        return;
    }
    for (size_t i = 0; i < l->rows; i++) {
        const level_row *row = &l->row[i];
        if (!has_product(row, &product) || row->amount == TSL_MISSING_INT ||
            tsl__line_is_product(&(tsl__line_money){row->amount, row->quantity, row->price}, product)) {
            continue;
        }
        const __int128 apart = get_size(row->amount * first - c->first_line->amount * product);
        c->below += get_size(row->amount) < get_size(product);
        c->scaled += apart <= (get_size(first) + get_size(product)) * (TSL_DECIMAL_ONE / 100);
    }
}

static void count_rows(const level_rows *l, level_counts *c)
{
    for (size_t begin = 0, end; begin < l->rows; begin = end) {
        for (end = begin + 1; end < l->rows && compare_rows(&l->row[begin], &l->row[end]) == 0;) {
            end++;
        }
        for (size_t i = begin; i < end; i++) {
            count_line(&l->row[i], c);
        }
        if (end - begin > 1 && l->row[begin].order >= 0) {
            count_order(l->row + begin, end - begin, c);
        }
    }
    count_off(l, c);
}

/* ---- What is said ------------------------------------------------------------------------------ */

#define MOST .95         /* of the orders, of the lines */
#define FEWEST_ORDERS 10 /* of several lines, where nothing but their amounts tells */
#define FEWEST_LINES 10

/* `; --amount "quantity * price" takes that`. */
static void put_product(const tsl__reading *r, const level_columns *c, tsl__text *text)
{
    tsl__text product = {0};
    tsl__expr_put_name(&product, r->terms.plan.output[c->quantity].name);
    tsl__text_puts(&product, " * ");
    tsl__expr_put_name(&product, r->terms.plan.output[c->price].name);
    tsl__text_puts(text, "; --amount ");
    tsl__expr_put_argument(text, product.data);
    tsl__text_puts(text, " takes their product");
    text->failed |= product.failed;
    tsl__text_free(&product);
}

/* Where the first of the rows stands, of which there are so many. */
static void put_place(const tsl__reading *r, const level_row *row, uint64_t count, tsl__text *text, tsl__found *found)
{
    found->count = count;
    if (row && row->line) {
        found->example[0] = (tsl__found_at){.file = r->place[row->file], .line = row->line};
        tsl__text_printf(text, " (%.*s:%llu)", tsl__text_head(r->place[row->file], 180), r->place[row->file],
                         (unsigned long long)row->line);
    }
}

/* The column that is not used and that the amounts are less by; or NULL. */
static const tsl__beside_column *find_reason(const tsl__reading *r, const char **name)
{
    for (size_t i = 0; i < r->terms.plan.besides; i++) {
        *name = r->terms.plan.name[r->terms.plan.beside[i].input];
        if (tsl__beside_explains(&r->observed.besides.of[i])) {
            return &r->observed.besides.of[i];
        }
    }
    return NULL;
}

/* Of all lines those that it does not explain. */
static void put_rest(const char *amount, const char *name, const tsl__beside_column *reason, tsl__text *text,
                     tsl__found *found)
{
    const uint64_t lines = reason->lines + reason->others;
    found->count = lines - tsl__beside_count_explained(reason);
    if (found->count) {
        tsl__text_printf(text,
                         "%s: not the quantity times the price, less %s, in %llu of %llu lines, as it is in the "
                         "others",
                         amount, name, (unsigned long long)found->count, (unsigned long long)lines);
    }
}

/* Amounts of lines that are not what their quantities and prices make. */
static void put_lines(const tsl__reading *r, const char *amount, const level_counts *c, tsl__text *text,
                      tsl__found *found)
{
    const size_t off = c->lines - c->multiplied;
    __int128 product;
    char times[32];
    const char *name = NULL;
    const tsl__beside_column *reason = find_reason(r, &name);
    if (reason) {
        put_rest(amount, name, reason, text, found);
        return;
    }
    if (c->lines < FEWEST_LINES || off == 0) {
        return;
    }
    tsl__text_printf(text, "%s: not the quantity times the price in %zu of %zu lines that were looked at", amount, off,
                     c->lines);
    put_place(r, c->first_line, off, text, found);
    if ((double)c->multiplied >= (1 - 2 * (1 - MOST)) * (double)c->lines) {
        tsl__text_puts(text, ", as it is in the others");
    } else if (has_product(c->first_line, &product) && product != 0 && (double)c->scaled >= MOST * (double)off) {
        tsl__shown_write((double)c->first_line->amount / (double)product, 4, times);
        tsl__text_printf(text, ", but %s times as much in %zu of them", times, c->scaled);
    } else {
        tsl__text_printf(text, ", but less in %zu of them and more in %zu", c->below, off - c->below);
    }
}

/* The lines' amounts are not their own products. */
static int has_no_products(const level_counts *c)
{
    return c->multiplied * 2 < c->lines + !c->lines;
}

static int is_single(const level_counts *c)
{
    return c->orders >= FEWEST_ORDERS && (double)c->single >= MOST * (double)c->orders && has_no_products(c);
}

static int is_of_orders(const level_counts *c)
{
    return c->orders > 0 && (double)c->repeated >= MOST * (double)c->orders &&
           (c->orders >= FEWEST_ORDERS || c->summed >= 2) && has_no_products(c);
}

static int is_of_one(const level_counts *c)
{
    return c->others >= FEWEST_LINES && (double)c->priced >= MOST * (double)c->others;
}

/* What the counts say of the amount; nothing where they are as they should be. */
static void put_level(const tsl__reading *r, const level_columns *at, const level_counts *c, tsl__text *text,
                      tsl__found *found)
{
    const char *amount = r->terms.plan.output[at->amount].name;
    const int has_factors = at->quantity != TSL__NONE && at->price != TSL__NONE;
    const int has_columns = has_factors && r->terms.plan.output[at->quantity].input != TSL__NONE &&
                            r->terms.plan.output[at->price].input != TSL__NONE;
    if (is_single(c)) {
        tsl__text_printf(text, "%s: on one line alone of %zu of %zu orders of several lines, and 0 on the others",
                         amount, c->single, c->orders);
        put_place(r, c->first_single, c->single, text, found);
        tsl__text_puts(text, ": it seems to be the order's: the money of customers and orders is right, that of lines "
                             "and products is not");
    } else if (is_of_orders(c)) {
        tsl__text_printf(text, "%s: the same on all lines of %zu of %zu orders of several lines%s", amount, c->repeated,
                         c->orders, c->summed * 2 > c->orders ? ", and the sum of their quantities times prices" : "");
        put_place(r, c->first_order, c->repeated, text, found);
        tsl__text_puts(text, ": it seems to be the order's, and counts once a line");
        tsl__text_puts(text, has_columns ? ""
                                         : "; give one line an order: an export of orders, or --where with a column "
                                           "that numbers the lines of each");
    } else if (is_of_one(c)) {
        tsl__text_printf(text, "%s: equal to the price in %zu of %zu lines of another quantity than 1", amount,
                         c->priced, c->others);
        put_place(r, c->first_line, c->priced, text, found);
        tsl__text_puts(text, ": it seems to be that of one piece, unless the price is the line's already");
    } else {
        put_lines(r, amount, c, text, found);
    }
    if (text->length && has_columns) {
        put_product(r, at, text);
    }
}

/* ---- A product whose price is one already --------------------------------------------------------- */

static int compare_products(const void *a, const void *b)
{
    const level_row *x = a, *y = b;
    return x->order != y->order         ? (x->order < y->order ? -1 : 1)
           : x->quantity != y->quantity ? (x->quantity > y->quantity ? -1 : 1)
                                        : (x->price < y->price) - (x->price > y->price);
}

/* Lines of one product and another quantity than that of its greatest line. */
typedef struct price_counts {
    size_t lines, multiplied; /* multiplied: whose price is as many times as much */
    const level_row *first;   /* of these */
} price_counts;

/* Compared by products of integers: prices are rounded to hundredths, which the smaller quantity makes more of. */
static int is_multiplied(const level_row *row, const level_row *greatest)
{
    const __int128 a = (__int128)row->price * greatest->quantity, b = (__int128)greatest->price * row->quantity;
    const __int128 off = a < b ? b - a : a - b;
    return off <= (__int128)(TSL_DECIMAL_ONE / 100) * greatest->quantity;
}

/* The rows of one product, those of the greatest quantity first. */
static void count_product(const level_row *row, size_t rows, price_counts *c)
{
    for (size_t i = 1; i < rows && row->order >= 0 && row->price > 0; i++) {
        if (row[i].quantity <= 0 || row[i].quantity == row->quantity || row[i].price <= 0) {
            continue;
        }
        c->lines++;
        if (is_multiplied(&row[i], row) && row[i].price != row->price) {
            c->multiplied++;
            c->first = get_earlier(c->first, &row[i]);
        }
    }
}

static void count_products(level_rows *l, price_counts *c)
{
    if (l->rows) {
        qsort(l->row, l->rows, sizeof *l->row, compare_products);
    }
    for (size_t begin = 0, end; begin < l->rows; begin = end) {
        for (end = begin + 1; end < l->rows && l->row[end].order == l->row[begin].order;) {
            end++;
        }
        count_product(l->row + begin, end - begin, c);
    }
}

static void put_multiplied(const tsl__reading *r, const level_columns *at, const price_counts *c, tsl__text *text,
                           tsl__found *found)
{
    const tsl__plan_output *output = r->terms.plan.output;
    tsl__text price = {0};
    if (c->lines < FEWEST_LINES || (double)c->multiplied < MOST * (double)c->lines) {
        return;
    }
    tsl__expr_put_name(&price, output[at->price].name);
    tsl__text_printf(text, "%s: of one product the price grows with the quantity in %zu of %zu lines",
                     output[at->amount].name, c->multiplied, c->lines);
    put_place(r, c->first, c->multiplied, text, found);
    tsl__text_puts(text, ": it seems to be multiplied already, and the amount too much; --amount ");
    tsl__expr_put_argument(text, price.data);
    tsl__text_puts(text, " takes it as it stands");
    text->failed |= price.failed;
    tsl__text_free(&price);
}

/* ---- Lines without it ------------------------------------------------------------------------- */

#define FEWEST_LACKING 3

const char *tsl__level_describe(const tsl__reading *r, char *out, size_t size)
{
    const tsl__lacking *l = &r->observed.lacking;
    const size_t amount = find_output(r, TSL_ROLE_AMOUNT);
    tsl__text sum = {0}, argument = {0};
    if (l->orders < FEWEST_LACKING || amount == TSL__NONE || (double)l->lines < MOST * (double)(l->lines + l->others)) {
        return NULL;
    }
    tsl__text_puts(&sum, "coalesce(");
    tsl__expr_put_name(&sum, r->terms.plan.output[amount].name);
    tsl__text_puts(&sum, ", 0)");
    tsl__expr_put_argument(&argument, sum.data);
    tsl__print(
        out, size,
        "%.*s: missing on %llu line%s of %llu orders, behind one that has it: it seems to be the order's, written "
        "on its first line alone; --amount %s keeps the others, as lines of no amount",
        tsl__text_head(r->terms.plan.output[amount].name, 80), r->terms.plan.output[amount].name,
        (unsigned long long)l->lines, l->lines == 1 ? "" : "s", (unsigned long long)l->orders,
        argument.data ? argument.data : "");
    tsl__text_free(&sum);
    tsl__text_free(&argument);
    return out;
}

tsl_status tsl__finish_lacking(tsl__reading *r, tsl_error *err)
{
    char what[TSL__LEVEL_BYTES];
    const tsl__lacking *l = &r->observed.lacking;
    if (!tsl__level_describe(r, what, sizeof what)) {
        return TSL_OK;
    }
    const tsl__found found = {.kind = TSL_FINDING_AMOUNT_LEVEL,
                              .count = l->lines,
                              .column = r->terms.plan.output[find_output(r, TSL_ROLE_AMOUNT)].name,
                              .example = {{.file = r->place[l->file], .line = l->line}}};
    return tsl__found_add(&r->table->info.notes, &found, "%s", what);
}

tsl_status tsl__finish_level(tsl__reading *r, tsl_error *err)
{
    level_columns at = {find_output(r, TSL_ROLE_ORDER), find_output(r, TSL_ROLE_AMOUNT),
                        find_output(r, TSL_ROLE_QUANTITY), find_output(r, TSL_ROLE_PRICE)};
    const int has_factors = at.quantity != TSL__NONE && at.price != TSL__NONE;
    level_rows rows = {.row = NULL};
    level_counts counts = {.orders = 0};
    price_counts prices = {.lines = 0};
    tsl__text text = {0};
    tsl__found found = {.kind = TSL_FINDING_AMOUNT_LEVEL};
    tsl_status status = TSL_OK;
    if (at.amount == TSL__NONE) {
        return TSL_OK;
    }
    const tsl__plan_output *amount = &r->terms.plan.output[at.amount];
    const int is_product = amount->expr && !amount->mapped && has_factors;
    at.order = is_product ? find_output(r, TSL_ROLE_PRODUCT) : at.order;
    if ((amount->expr && !is_product) || (at.order == TSL__NONE && (is_product || !has_factors))) {
        return TSL_OK;
    }
    TSL__TRY(r->shards ? take_shards(r, &at, &rows, err) : take_columns(r, &at, &rows, err));
    if (is_product) {
        count_products(&rows, &prices);
        put_multiplied(r, &at, &prices, &text, &found);
    } else {
        if (rows.rows) {
            qsort(rows.row, rows.rows, sizeof *rows.row, compare_rows);
        }
        count_rows(&rows, &counts);
        put_level(r, &at, &counts, &text, &found);
        r->has_other_level = is_of_orders(&counts) || is_single(&counts) || is_of_one(&counts);
    }
    TSL__NEED(!text.failed);
    found.column = amount->name;
    TSL__TRY(text.length ? tsl__found_add(&r->table->info.notes, &found, "%s", text.data) : TSL_OK);
done:
    free(rows.row);
    tsl__text_free(&text);
    return status;
}
