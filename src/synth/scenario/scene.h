/* scene.h: a scenario as it is declared: what its customers are like, what its tables have, and what labels them. */
#ifndef TSL_SYNTH_SCENE_H
#define TSL_SYNTH_SCENE_H

#include <stddef.h>
#include <stdint.h>
#include <tesela/synth.h>

#define TSL__SCENE_KINDS 8   /* of customers */
#define TSL__SCENE_TEXTS 8   /* of a list */
#define TSL__SCENE_COLUMNS 9 /* of a table */
#define TSL__SCENE_TIERS 5   /* at most */

/* What a column of the transactions or the interactions holds. */
typedef enum tsl__scene_cell {
    TSL__SCENE_END, /* no further column */
    TSL__SCENE_CUSTOMER,
    TSL__SCENE_ORDER,
    TSL__SCENE_TIME,
    TSL__SCENE_DATE, /* without a time of day */
    TSL__SCENE_QUANTITY,
    TSL__SCENE_AMOUNT,
    TSL__SCENE_PRODUCT,
    TSL__SCENE_CATEGORY,
    TSL__SCENE_CHANNEL,
    TSL__SCENE_PAYMENT,
    TSL__SCENE_EVENT, /* what kind of interaction it is */
    TSL__SCENE_MINUTES,
    TSL__SCENE_PAGES,
    TSL__SCENE_SCORE, /* satisfaction, 1 to 5 */
    TSL__SCENE_NPS    /* willingness to recommend, 0 to 10 */
} tsl__scene_cell;

typedef struct tsl__scene_column {
    const char *header;
    tsl__scene_cell cell;
} tsl__scene_column;

/* A kind of interaction, and which figures it has. */
enum { TSL__EVENT_MINUTES = 1, TSL__EVENT_PAGES = 2, TSL__EVENT_SCORE = 4, TSL__EVENT_NPS = 8 };
typedef struct tsl__scene_event {
    const char *name;
    unsigned holds;
} tsl__scene_event;

typedef struct tsl__scene_tier {
    const char *code;
    double cut;  /* what its values reach, */
    int is_over; /* 1: or are over */
} tsl__scene_tier;

/* How a column of the customers is drawn; by numbers of the customer's kind. */
typedef enum tsl__trait_draw {
    TSL__TRAIT_END,    /* no further column */
    TSL__TRAIT_NORMAL, /* a number: mean, standard deviation */
    TSL__TRAIT_SKEWED, /* a number: mean, shape of the gamma distribution */
    TSL__TRAIT_EVEN,   /* a number: least, greatest */
    TSL__TRAIT_TEXT,   /* one of the texts, by their weights */
    TSL__TRAIT_BIRTH,  /* the day of birth: mean age, standard deviation */
    TSL__TRAIT_SINCE   /* the day since when he is known */
} tsl__trait_draw;

typedef struct tsl__scene_trait {
    const char *header;
    tsl__trait_draw draw;
    double low, high; /* of a number, or an age */
    int grain;        /* a number is a whole multiple of it, */
    int places;       /* with so many decimals: grain 5, places 1: 0.5, 1.0, 1.5 */
    double missing;   /* share of empty cells */
    const char *text[TSL__SCENE_TEXTS];
} tsl__scene_trait;

/* A latent kind of customer: the segment that is true of him. Weights need not add up to 1. */
typedef struct tsl__scene_kind {
    const char *name;
    double share;               /* of the customers */
    double spend;               /* on an order, on average; 0: he never buys */
    double orders;              /* a year behind the first one, on average, relative to the other kinds */
    double life;                /* days after which he leaves, on average; 0: he stays */
    double basket;              /* lines of an order behind the first one, on average, likewise relative */
    double returns;             /* share of the orders of which a line comes back */
    double visits;              /* how many interactions, relative to the other kinds */
    double weekend, evening;    /* shares of the orders */
    double minutes, score, nps; /* means, of interactions */
    double category[TSL__SCENE_TEXTS], channel[TSL__SCENE_TEXTS], payment[TSL__SCENE_TEXTS], event[TSL__SCENE_TEXTS];
    double trait[TSL__SCENE_COLUMNS][TSL__SCENE_TEXTS];
} tsl__scene_kind;

typedef struct tsl__scene {
    tsl_scenario about;
    const char *id;        /* what customers' ids begin with */
    int first_year, years; /* of the tables: 1 January to 31 December */
    double early;          /* share of the buyers who bought in the first twentieth of that time already */
    double rate_shape;     /* of the gamma distribution of rates within a kind */
    double order_shape;    /* of that of a customer's orders about their mean, */
    double level_shape;    /* and of that of 1 / mean within a kind, over 1: gamma-gamma (Fader & Hardie 2013) */
    double season[12];     /* what the months sell, relative to the others; all 0: the same */
    tsl__scene_column sale[TSL__SCENE_COLUMNS + 1], visit[TSL__SCENE_COLUMNS + 1];
    const char *id_header; /* of the customers */
    tsl__scene_trait trait[TSL__SCENE_COLUMNS + 1];
    const char *category[TSL__SCENE_TEXTS], *channel[TSL__SCENE_TEXTS], *payment[TSL__SCENE_TEXTS];
    tsl__scene_event event[TSL__SCENE_TEXTS];
    tsl__scene_kind kind[TSL__SCENE_KINDS];
    size_t kinds;
    tsl__scene_tier tier[TSL__SCENE_TIERS]; /* the best first; the last has no cut; none: there are no tiers */
    int tier_days;                          /* the value is the net spend of so many days at the end; 0: of all */
    const char *tier_trait;                 /* or this column of the customers, a number that no one lacks; or NULL */
    int new_days;                           /* for which a customer is new from his first order on; 0: 30 */
    const char *config;                     /* config.yaml */
} tsl__scene;

extern const tsl__scene tsl__scene_company, tsl__scene_ecommerce, tsl__scene_bank, tsl__scene_five_tiers,
    tsl__scene_insurer, tsl__scene_it_firm, tsl__scene_manufacturer, tsl__scene_retailer, tsl__scene_education,
    tsl__scene_travel, tsl__scene_finance, tsl__scene_noise;

/* In the order in which they are told; NULL beyond the last. */
const tsl__scene *tsl__scene_get(size_t index);

#endif
