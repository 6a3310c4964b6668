/* cells.c: what stands in the rows: of orders, customers, interactions, and of what is true. */
#include "synth/scenario/cells.h"

#include "base/calendar.h"
#include "synth/scenario/draws.h"

#include <math.h>
#include <string.h>

#define PRODUCTS 250    /* of a category */
#define MORE_PIECES .25 /* share of the lines of two pieces or more */
#define MOST_MORE 4     /* pieces behind the first */
#define YEAR_DAYS 365.2425
#define SCORE_SPREAD .7
#define NPS_SPREAD 1.5
#define NEW_DAYS 30
#define LENGTH_SHAPE 1.2 /* of the gamma distribution of minutes */

/* ---- Cells -------------------------------------------------------------------------------- */

/* A number that is not negative, of so many digits at least. */
static void put_number(tsl__text *text, uint64_t number, int width)
{
    char digits[24];
    int at = sizeof digits;
    while (number > 0 || width > 0) {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
        width--;
    }
    tsl__text_append(text, digits + at, sizeof digits - (size_t)at);
}

static void put_mark(tsl__text *text, char mark)
{
    tsl__text_append(text, &mark, 1);
}

static void put_customer(const tsl__world *world, size_t customer, tsl__text *text)
{
    tsl__text_puts(text, world->scene->id);
    put_number(text, customer + 1, 8);
}

static void put_day(tsl__text *text, int32_t day)
{
    char out[11];
    tsl_day_write(day, out);
    tsl__text_append(text, out, 10);
}

static void put_time(tsl__text *text, int64_t time)
{
    const uint64_t second = (uint64_t)(time % TSL__DAY_SECONDS);
    put_day(text, tsl__time_day(time));
    put_mark(text, 'T');
    put_number(text, second / 3600, 2);
    put_mark(text, ':');
    put_number(text, second / 60 % 60, 2);
    put_mark(text, ':');
    put_number(text, second % 60, 2);
}

/* units: of 10^-places. */
static void put_units(tsl__text *text, int64_t units, int places)
{
    const uint64_t size = (uint64_t)(units < 0 ? -units : units), one = tsl__tens[places];
    if (units < 0) {
        put_mark(text, '-');
    }
    put_number(text, size / one, 1);
    if (places > 0) {
        put_mark(text, '.');
        put_number(text, size % one, places);
    }
}

static size_t count_texts(const char *const *list)
{
    size_t count = 0;
    while (count < TSL__SCENE_TEXTS && list[count]) {
        count++;
    }
    return count;
}

/* The place of one of the texts, by a kind's weights; all alike where it has none. */
static size_t draw_text(tsl__rng *rng, const char *const *list, const double weight[TSL__SCENE_TEXTS])
{
    static const double alike[TSL__SCENE_TEXTS] = {1, 1, 1, 1, 1, 1, 1, 1};
    const size_t count = count_texts(list);
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += weight[i];
    }
    return count ? tsl__draw_weighted(rng, sum > 0 ? weight : alike, count) : 0;
}

static double within(double value, double low, double high)
{
    return fmin(fmax(value, low), high);
}

static const tsl__scene_kind *kind_at(const tsl__world *world, size_t customer)
{
    return &world->scene->kind[world->life[customer].kind];
}

/* ---- Transactions ---------------------------------------------------------------------------- */

typedef struct tsl__goods {
    size_t channel, payment, category; /* of the order; of a line */
    uint64_t product, pieces;
    int64_t cents;
} tsl__goods;

/* A line's category, product (the first ones sell most) and pieces. */
static void draw_goods(tsl__rng *rng, const tsl__scene *scene, const tsl__scene_kind *kind, tsl__goods *goods)
{
    goods->category = draw_text(rng, scene->category, kind->category);
    const double u = tsl__rng_uniform(rng);
    goods->product = (uint64_t)(u * u * PRODUCTS);
    goods->pieces = 1 + (tsl__draw_is(rng, MORE_PIECES) ? tsl__rng_below(rng, MOST_MORE) : 0);
}

static void put_sale_cell(const tsl__world *world, tsl__scene_cell cell, size_t i, const tsl__goods *goods,
                          tsl__text *text)
{
    const tsl__scene *scene = world->scene;
    const tsl__sale *sale = &world->sale[i];
    switch (cell) {
    case TSL__SCENE_CUSTOMER:
        put_customer(world, sale->customer, text);
        break;
    case TSL__SCENE_ORDER:
        put_mark(text, 'O');
        put_number(text, i + 1, 9);
        break;
    case TSL__SCENE_TIME:
        put_time(text, sale->time);
        break;
    case TSL__SCENE_DATE:
        put_day(text, tsl__time_day(sale->time));
        break;
    case TSL__SCENE_QUANTITY:
        put_units(text, sale->is_back ? -(int64_t)goods->pieces : (int64_t)goods->pieces, 0);
        break;
    case TSL__SCENE_AMOUNT:
        put_units(text, sale->is_back ? -goods->cents : goods->cents, 2);
        break;
    case TSL__SCENE_PRODUCT:
        put_mark(text, 'P');
        put_number(text, goods->category + 1, 1);
        put_number(text, goods->product, 3);
        break;
    case TSL__SCENE_CATEGORY:
        tsl__text_puts(text, scene->category[goods->category]);
        break;
    case TSL__SCENE_CHANNEL:
        tsl__text_puts(text, scene->channel[goods->channel]);
        break;
    case TSL__SCENE_PAYMENT:
        tsl__text_puts(text, scene->payment[goods->payment]);
        break;
    default:
        break;
    }
}

/* The lines of an order; of what comes back the first, as it was. */
static void put_sale(const tsl__world *world, size_t i, tsl__text *text)
{
    const tsl__scene *scene = world->scene;
    const tsl__sale *sale = &world->sale[i];
    const tsl__scene_kind *kind = kind_at(world, sale->customer);
    tsl__rng rng = tsl__rng_open(world->opt.seed, TSL__FOR_GOODS, sale->place);
    tsl__split split = tsl__split_open(world, sale);
    tsl__goods goods = {.channel = draw_text(&rng, scene->channel, kind->channel)};
    goods.payment = draw_text(&rng, scene->payment, kind->payment);
    for (int lines = sale->is_back ? 1 : sale->lines; lines > 0; lines--) {
        draw_goods(&rng, scene, kind, &goods);
        goods.cents = tsl__split_next(&split);
        for (size_t column = 0; scene->sale[column].cell; column++) {
            put_sale_cell(world, scene->sale[column].cell, i, &goods, text);
            put_mark(text, scene->sale[column + 1].cell ? ',' : '\n');
        }
    }
}

/* ---- Customers --------------------------------------------------------------------------------- */

/* Each column has a stream of its own, so that any of them can be told again. */
static tsl__rng open_trait(const tsl__world *world, size_t customer, size_t column)
{
    return tsl__rng_open(world->opt.seed, TSL__FOR_PERSON + (uint32_t)column, (uint32_t)customer);
}

/* A number in units of its places. */
static int64_t draw_units(const tsl__world *world, size_t customer, size_t column, tsl__rng *rng)
{
    const tsl__scene_trait *trait = &world->scene->trait[column];
    const double *by = kind_at(world, customer)->trait[column], grain = trait->grain ? trait->grain : 1;
    const double value = trait->draw == TSL__TRAIT_NORMAL   ? by[0] + by[1] * tsl__draw_normal(rng)
                         : trait->draw == TSL__TRAIT_SKEWED ? by[0] * tsl__draw_gamma(rng, by[1]) / by[1]
                                                            : by[0] + (by[1] - by[0]) * tsl__rng_uniform(rng);
    const double units = within(value, trait->low, trait->high) * (double)tsl__tens[trait->places];
    return (int64_t)floor(units / grain + .5) * (int64_t)grain;
}

static int32_t draw_birth(const tsl__world *world, size_t customer, size_t column, tsl__rng *rng)
{
    const tsl__scene_trait *trait = &world->scene->trait[column];
    const double *by = kind_at(world, customer)->trait[column];
    const double age = within(by[0] + by[1] * tsl__draw_normal(rng), trait->low, trait->high);
    return world->first_day + world->days - (int32_t)(age * YEAR_DAYS);
}

static void put_trait(const tsl__world *world, size_t customer, size_t column, tsl__text *text)
{
    const tsl__scene_trait *trait = &world->scene->trait[column];
    tsl__rng rng = open_trait(world, customer, column);
    const int is_missing = trait->missing > 0 && tsl__draw_is(&rng, trait->missing);
    if (is_missing) {
        return;
    }
    switch (trait->draw) {
    case TSL__TRAIT_TEXT:
        tsl__text_puts(text, trait->text[draw_text(&rng, trait->text, kind_at(world, customer)->trait[column])]);
        break;
    case TSL__TRAIT_BIRTH:
        put_day(text, draw_birth(world, customer, column, &rng));
        break;
    case TSL__TRAIT_SINCE:
        put_day(text, world->first_day + world->life[customer].joins);
        break;
    default:
        put_units(text, draw_units(world, customer, column, &rng), trait->places);
        break;
    }
}

static void put_person(const tsl__world *world, size_t customer, tsl__text *text)
{
    put_customer(world, customer, text);
    for (size_t column = 0; world->scene->trait[column].draw; column++) {
        put_mark(text, ',');
        put_trait(world, customer, column, text);
    }
    put_mark(text, '\n');
}

/* ---- Interactions -------------------------------------------------------------------------------- */

typedef struct tsl__contact {
    size_t event;
    int64_t time;
    uint64_t minutes, pages, score, nps;
} tsl__contact;

static tsl__contact draw_contact(const tsl__world *world, const tsl__life *life, uint32_t place)
{
    const tsl__scene *scene = world->scene;
    const tsl__scene_kind *kind = &scene->kind[life->kind];
    const int32_t end = life->leaves < world->days ? life->leaves + 1 : world->days;
    const char *names[TSL__SCENE_TEXTS];
    tsl__rng rng = tsl__rng_open(world->opt.seed, TSL__FOR_VISIT, place);
    for (size_t i = 0; i < TSL__SCENE_TEXTS; i++) {
        names[i] = scene->event[i].name;
    }
    tsl__contact out = {.event = draw_text(&rng, names, kind->event)};
    const int32_t day = life->joins + (int32_t)tsl__rng_below(&rng, (uint64_t)(end - life->joins));
    out.time =
        (int64_t)(world->first_day + day) * TSL__DAY_SECONDS + 6 * 3600 + (int64_t)tsl__rng_below(&rng, 18 * 3600);
    const double minutes = kind->minutes * tsl__draw_gamma(&rng, LENGTH_SHAPE) / LENGTH_SHAPE;
    out.minutes = 1 + (uint64_t)minutes;
    out.pages = 1 + (uint64_t)(minutes * tsl__rng_uniform(&rng));
    out.score = (uint64_t)within(floor(kind->score + SCORE_SPREAD * tsl__draw_normal(&rng) + .5), 1, 5);
    out.nps = (uint64_t)within(floor(kind->nps + NPS_SPREAD * tsl__draw_normal(&rng) + .5), 0, 10);
    return out;
}

static void put_contact(const tsl__world *world, size_t customer, const tsl__contact *contact, tsl__text *text)
{
    static const unsigned needed[] = {[TSL__SCENE_MINUTES] = TSL__EVENT_MINUTES,
                                      [TSL__SCENE_PAGES] = TSL__EVENT_PAGES,
                                      [TSL__SCENE_SCORE] = TSL__EVENT_SCORE,
                                      [TSL__SCENE_NPS] = TSL__EVENT_NPS};
    const tsl__scene *scene = world->scene;
    const tsl__scene_event *event = &scene->event[contact->event];
    for (size_t column = 0; scene->visit[column].cell; column++) {
        const tsl__scene_cell cell = scene->visit[column].cell;
        if (cell == TSL__SCENE_CUSTOMER) {
            put_customer(world, customer, text);
        } else if (cell == TSL__SCENE_TIME) {
            put_time(text, contact->time);
        } else if (cell == TSL__SCENE_DATE) {
            put_day(text, tsl__time_day(contact->time));
        } else if (cell == TSL__SCENE_EVENT) {
            tsl__text_puts(text, event->name);
        } else if (event->holds & needed[cell]) {
            put_number(text,
                       cell == TSL__SCENE_MINUTES ? contact->minutes
                       : cell == TSL__SCENE_PAGES ? contact->pages
                       : cell == TSL__SCENE_SCORE ? contact->score
                                                  : contact->nps,
                       1);
        }
        put_mark(text, scene->visit[column + 1].cell ? ',' : '\n');
    }
}

static void put_visits(const tsl__world *world, size_t customer, tsl__text *text)
{
    for (uint32_t place = world->visits_from[customer]; place < world->visits_from[customer + 1]; place++) {
        const tsl__contact contact = draw_contact(world, &world->life[customer], place);
        put_contact(world, customer, &contact, text);
    }
}

/* ---- What is true ----------------------------------------------------------------------------------- */

static int is_gone(const tsl__world *world, const tsl__life *life)
{
    return life->leaves < world->days;
}

static const char *stage_of(const tsl__world *world, size_t customer)
{
    const tsl__life *life = &world->life[customer];
    const int new_days = world->scene->new_days ? world->scene->new_days : NEW_DAYS;
    return !(kind_at(world, customer)->spend > 0)  ? "potential"
           : is_gone(world, life)                  ? "lost"
           : world->days - life->joins <= new_days ? "new"
                                                   : "active";
}

/* What tiers go by. */
static double value_of(const tsl__world *world, size_t customer)
{
    const tsl__scene_trait *trait = world->scene->trait;
    if (!world->scene->tier_trait) {
        return (double)world->recent[customer] / 100;
    }
    size_t column = 0;
    while (strcmp(trait[column].header, world->scene->tier_trait) != 0) {
        column++;
    }
    tsl__rng rng = open_trait(world, customer, column);
    return (double)draw_units(world, customer, column, &rng) / (double)tsl__tens[trait[column].places];
}

static const char *tier_of(const tsl__world *world, size_t customer)
{
    const tsl__scene_tier *tier = world->scene->tier;
    const double value = value_of(world, customer);
    if (!tier->code) {
        return "";
    }
    while (tier->cut > 0 && !(tier->is_over ? value > tier->cut : value >= tier->cut)) {
        tier++;
    }
    return tier->code;
}

/* What to expect of the next year, and what it then brings. */
static void put_future(const tsl__world *world, const tsl__life *life, uint32_t customer, tsl__text *text)
{
    const double rate = life->rate * world->rate_scale, shape = world->scene->order_shape;
    const double *clock = world->clock[life->kind];
    const int32_t horizon = world->days + TSL__WORLD_FUTURE;
    const int32_t end = life->leaves < horizon ? life->leaves + 1 : horizon;
    const double expected = is_gone(world, life) ? 0 : rate * world->future[life->kind];
    tsl__rng rng = tsl__rng_open(world->opt.seed, TSL__FOR_FUTURE, customer);
    const uint32_t orders =
        is_gone(world, life) ? 0 : tsl__draw_poisson(&rng, rate * (clock[end] - clock[world->days]));
    const double spend = orders ? life->level * tsl__draw_gamma(&rng, shape * orders) / shape : 0;
    tsl__text_fixed(text, expected, 4);
    put_mark(text, ',');
    tsl__text_fixed(text, expected * life->level, 2);
    put_mark(text, ',');
    put_number(text, orders, 1);
    put_mark(text, ',');
    put_units(text, (int64_t)(spend * 100 + .5), 2);
}

static void put_truth(const tsl__world *world, size_t customer, tsl__text *text)
{
    const tsl__life *life = &world->life[customer];
    put_customer(world, customer, text);
    tsl__text_printf(text, ",%s,%s,%s,", kind_at(world, customer)->name, tier_of(world, customer),
                     stage_of(world, customer));
    if (is_gone(world, life)) {
        put_day(text, world->first_day + life->leaves);
    }
    put_mark(text, ',');
    put_future(world, life, (uint32_t)customer, text);
    put_mark(text, '\n');
}

/* ---- Files --------------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    void (*put)(const tsl__world *world, size_t i, tsl__text *text);
} files[TSL__SCENE_FILES] = {[TSL__SCENE_TRANSACTIONS] = {"transactions.csv", put_sale},
                             [TSL__SCENE_CUSTOMERS] = {"customers.csv", put_person},
                             [TSL__SCENE_INTERACTIONS] = {"interactions.csv", put_visits},
                             [TSL__SCENE_TRUTH] = {"truth.csv", put_truth}};

const char *tsl__cells_get_file(tsl__scene_file file)
{
    return files[file].name;
}

static void put_columns(const tsl__scene_column *column, tsl__text *text)
{
    for (size_t i = 0; column[i].cell; i++) {
        tsl__text_printf(text, "%s%s", i ? "," : "", column[i].header);
    }
}

void tsl__cells_put_header(const tsl__scene *scene, tsl__scene_file file, tsl__text *text)
{
    if (file == TSL__SCENE_CUSTOMERS) {
        tsl__text_puts(text, scene->id_header);
        for (size_t i = 0; scene->trait[i].draw; i++) {
            tsl__text_printf(text, ",%s", scene->trait[i].header);
        }
    } else if (file == TSL__SCENE_TRUTH) {
        tsl__text_puts(text, "customer_id,segment,tier,stage,churn_date,expected_orders_365d,expected_spend_365d,"
                             "orders_365d,spend_365d");
    } else {
        put_columns(file == TSL__SCENE_TRANSACTIONS ? scene->sale : scene->visit, text);
    }
    put_mark(text, '\n');
}

size_t tsl__cells_get_count(const tsl__world *world, tsl__scene_file file)
{
    return file == TSL__SCENE_TRANSACTIONS ? world->sales : (size_t)world->opt.customers;
}

void tsl__cells_put(const tsl__world *world, tsl__scene_file file, size_t i, tsl__text *text)
{
    files[file].put(world, i, text);
}
