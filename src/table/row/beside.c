/* beside.c: rows by what stands beside their amounts. */
#include "table/row/beside.h"

/* What the amount of a line is by its product, of which value is taken off. */
static int has_form(const tsl__line_money *line, __int128 product, int64_t value, tsl__beside_form form)
{
    if (form == TSL__BESIDE_FULL) {
        return tsl__line_is_product(line, product);
    }
    const __int128 off[TSL__BESIDE_FORMS] = {[TSL__BESIDE_LESS] =
                                                 value < 0 ? -value : value, /* however it is written */
                                             [TSL__BESIDE_SHARE] = product * value / TSL_DECIMAL_ONE,
                                             [TSL__BESIDE_PERCENT] = product * value / TSL_DECIMAL_ONE / 100};
    return tsl__line_is_same(line->amount, product - off[form], line->quantity);
}

static void add_form(tsl__beside_column *b, const tsl__line_money *line, int64_t value)
{
    __int128 product;
    if (!tsl__line_has_product(line, &product)) {
        return;
    }
    if (value == 0) {
        b->others++;
        b->others_full += (uint64_t)has_form(line, product, 0, TSL__BESIDE_FULL);
        return;
    }
    b->lines++;
    for (int f = 0; f < TSL__BESIDE_FORMS; f++) {
        b->form[f] += (uint64_t)has_form(line, product, value, (tsl__beside_form)f);
    }
}

static void add_value(tsl__beside_column *b, const tsl__line_money *line, const tsl__beside_value *of, size_t file,
                      uint64_t line_number)
{
    const int64_t value = of->value == TSL_MISSING_INT ? 0 : of->value;
    b->missing += of->value == TSL_MISSING_INT;
    add_form(b, line, value);
    if (value == 0) {
        return;
    }
    const __int128 size = value < 0 ? -(__int128)value : value;
    (void)tsl__some_rows_add(&b->rows, file, line_number);
    b->negative += value < 0;
    b->ones += value == TSL_DECIMAL_ONE;
    b->parts += value > 0 && value < TSL_DECIMAL_ONE;
    b->percents += (uint64_t)of->is_percent;
    b->whole += size == line->amount;
    b->over += size > line->amount && line->amount >= 0;
    b->reversed += size == -(__int128)line->amount;
    b->sum += value;
}

void tsl__besides_add(tsl__besides *b, const tsl__line_money *line, const tsl__beside_value *value, size_t count,
                      size_t file, uint64_t line_number)
{
    __int128 product;
    b->uncounted += line->quantity == TSL_MISSING_INT;
    if (line->amount == TSL_MISSING_INT) {
        return;
    }
    for (size_t i = 0; i < count; i++) {
        add_value(&b->of[i], line, &value[i], file, line_number);
    }
    if (line->quantity == TSL_MISSING_INT || line->quantity >= 0 || line->amount <= 0) {
        return;
    }
    (void)tsl__some_rows_add(&b->against, file, line_number);
    b->sum += line->amount;
    if (tsl__line_has_product(line, &product)) {
        b->priced++;
        b->products += (uint64_t)tsl__line_is_same(-product, line->amount, line->quantity);
    }
}

static void join_column(tsl__beside_column *b, tsl__beside_column *behind)
{
    tsl__some_rows_join(&b->rows, &behind->rows);
    b->missing += behind->missing;
    b->negative += behind->negative;
    b->ones += behind->ones;
    b->parts += behind->parts;
    b->percents += behind->percents;
    b->whole += behind->whole;
    b->over += behind->over;
    b->reversed += behind->reversed;
    b->lines += behind->lines;
    for (int f = 0; f < TSL__BESIDE_FORMS; f++) {
        b->form[f] += behind->form[f];
    }
    b->others += behind->others;
    b->others_full += behind->others_full;
    b->sum += behind->sum;
}

void tsl__besides_join(tsl__besides *b, tsl__besides *behind)
{
    for (size_t i = 0; i < TSL__MOST_BESIDE; i++) {
        join_column(&b->of[i], &behind->of[i]);
    }
    tsl__some_rows_join(&b->against, &behind->against);
    b->priced += behind->priced;
    b->products += behind->products;
    b->sum += behind->sum;
    b->uncounted += behind->uncounted;
    *behind = (tsl__besides){.uncounted = 0};
}
