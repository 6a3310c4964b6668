/* shop.c: what an invented shop sells, to whom, and who looks in. */
#include "synth/shop.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <tesela/base.h>

#include "base/calendar.h"
#include "base/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define FIRST_DAY 19358 /* 2023-01-01 */
#define DAYS 730

/* What a stream of draws is for; its second number is the line's. */
enum { FOR_ORDER = 1, FOR_PERSON, FOR_VISIT };

static const char *const sale[] = {"customer_id", "order_id", "order_time", "product", "category", "quantity",
                                   "unit_price",  "amount",   "currency",   "status",  "channel"};
static const char *const person[] = {"customer_id", "age", "city", "income", "satisfaction_score", "joined"};
static const char *const visit[] = {"customer_id", "event_time", "event_type", "duration_minutes"};
static const struct {
    const char *file;
    const char *const *column;
    size_t columns;
} tables[TSL__SHOP_TABLES] = {{"transactions.csv", sale, COUNT(sale)},
                              {"customers.csv", person, COUNT(person)},
                              {"interactions.csv", visit, COUNT(visit)}};

/* A product is called by a word and a number; those of some numbers are measured in inches, as in 12" frame. */
static const struct {
    const char *category, *word;
    int cents; /* of the cheapest */
} goods[] = {{"kitchen", "café cup", 350},    {"kitchen", "pan", 2190},    {"living", "frame", 990},
             {"living", "lamp, large", 4990}, {"office", "screen", 18900}, {"office", "desk", 29900}};
static const char *const cities[] = {"Zürich", "Köln", "Paris", "Madrid", "London", "北京"};
static const char *const channels[] = {"store", "web", "app"};
static const char *const types[] = {"view", "search", "cart"};

const char *tsl__shop_get_file(tsl__shop_table table)
{
    return tables[table].file;
}

size_t tsl__shop_get_columns(tsl__shop_table table, const char *const **name)
{
    *name = tables[table].column;
    return tables[table].columns;
}

/* Half of the customers are known by a number, half by a letter and a number. */
static void write_customer(uint32_t number, char *out)
{
    snprintf(out, TSL__SHOP_CELL, "%s%" PRIu32, number % 2 ? "W" : "", 100001 + number);
}

/* A time of so many days from the first; of the day behind them: -1. */
static void write_time(tsl__rng *rng, int32_t days, char *out)
{
    tsl_day_write(FIRST_DAY + (days < 0 ? DAYS : (int32_t)tsl__rng_below(rng, (uint64_t)days)), out);
    const unsigned second = (unsigned)(8 * 3600 + tsl__rng_below(rng, 14 * 3600));
    snprintf(out + 10, TSL__SHOP_CELL - 10, " %02u:%02u:%02u", second / 3600, second / 60 % 60, second % 60);
}

void tsl__shop_write_cents(int64_t cents, char out[TSL__SHOP_CELL])
{
    const int64_t size = cents < 0 ? -cents : cents;
    snprintf(out, TSL__SHOP_CELL, "%s%" PRId64 ".%02d", cents < 0 ? "-" : "", size / 100, (int)(size % 100));
}

/* place: of the line in its order, no two of which are of one product. */
static void write_goods(tsl__rng *rng, int place, tsl__shop_line *out)
{
    const size_t which = (size_t)tsl__rng_below(rng, COUNT(goods));
    const int number = 1 + place + TSL__SHOP_LINES * (int)tsl__rng_below(rng, 7), back = tsl__rng_below(rng, 33) == 0;
    const int quantity = back ? -1 : 1 + (int)tsl__rng_below(rng, 4);
    const int64_t cents = goods[which].cents + 37 * number;
    if (number % 5 == 0) {
        snprintf(out->cell[TSL__SALE_PRODUCT], TSL__SHOP_CELL, "%d\" %s", number, goods[which].word);
    } else {
        snprintf(out->cell[TSL__SALE_PRODUCT], TSL__SHOP_CELL, "%s %d", goods[which].word, number);
    }
    snprintf(out->cell[TSL__SALE_CATEGORY], TSL__SHOP_CELL, "%s", goods[which].category);
    snprintf(out->cell[TSL__SALE_QUANTITY], TSL__SHOP_CELL, "%d", quantity);
    tsl__shop_write_cents(cents, out->cell[TSL__SALE_PRICE]);
    out->cents = cents * quantity;
    tsl__shop_write_cents(out->cents, out->cell[TSL__SALE_AMOUNT]);
}

size_t tsl__shop_make_order(const tsl__shop *shop, uint32_t order, tsl__shop_line *out)
{
    tsl__rng rng = tsl__rng_open(shop->seed, FOR_ORDER, order);
    const double u = tsl__rng_uniform(&rng); /* some buy far more often than others */
    const uint32_t customer = (uint32_t)(u * u * shop->customers);
    const size_t lines = 1 + (size_t)tsl__rng_below(&rng, TSL__SHOP_LINES);
    const char *channel = channels[tsl__rng_below(&rng, COUNT(channels))];
    char time[TSL__SHOP_CELL];
    write_time(&rng, order ? DAYS : -1, time); /* the first is of the last day, so that no visit is later */
    for (size_t i = 0; i < lines; i++) {
        write_customer(customer, out[i].cell[TSL__SALE_CUSTOMER]);
        snprintf(out[i].cell[TSL__SALE_ORDER], TSL__SHOP_CELL, "B%" PRIu32, order + 1);
        memcpy(out[i].cell[TSL__SALE_TIME], time, sizeof time);
        write_goods(&rng, (int)i, &out[i]);
        snprintf(out[i].cell[TSL__SALE_CURRENCY], TSL__SHOP_CELL, "EUR");
        snprintf(out[i].cell[TSL__SALE_STATUS], TSL__SHOP_CELL, "completed");
        snprintf(out[i].cell[TSL__SALE_CHANNEL], TSL__SHOP_CELL, "%s", channel);
    }
    return lines;
}

void tsl__shop_make_person(const tsl__shop *shop, uint32_t number, tsl__shop_line *out)
{
    tsl__rng rng = tsl__rng_open(shop->seed, FOR_PERSON, number);
    write_customer(number, out->cell[TSL__PERSON_CUSTOMER]);
    snprintf(out->cell[TSL__PERSON_AGE], TSL__SHOP_CELL, "%d", 18 + (int)tsl__rng_below(&rng, 60));
    snprintf(out->cell[TSL__PERSON_CITY], TSL__SHOP_CELL, "%s", cities[tsl__rng_below(&rng, COUNT(cities))]);
    snprintf(out->cell[TSL__PERSON_INCOME], TSL__SHOP_CELL, "%d", 18000 + 100 * (int)tsl__rng_below(&rng, 600));
    snprintf(out->cell[TSL__PERSON_SCORE], TSL__SHOP_CELL, "%d", 1 + (int)tsl__rng_below(&rng, 5));
    tsl_day_write(FIRST_DAY - 1 - (int32_t)tsl__rng_below(&rng, DAYS), out->cell[TSL__PERSON_JOINED]);
}

void tsl__shop_make_visit(const tsl__shop *shop, uint32_t number, tsl__shop_line *out)
{
    tsl__rng rng = tsl__rng_open(shop->seed, FOR_VISIT, number);
    write_customer((uint32_t)tsl__rng_below(&rng, shop->customers), out->cell[TSL__VISIT_CUSTOMER]);
    write_time(&rng, DAYS, out->cell[TSL__VISIT_TIME]);
    snprintf(out->cell[TSL__VISIT_TYPE], TSL__SHOP_CELL, "%s", types[tsl__rng_below(&rng, COUNT(types))]);
    snprintf(out->cell[TSL__VISIT_MINUTES], TSL__SHOP_CELL, "%d", 1 + (int)tsl__rng_below(&rng, 40));
}
