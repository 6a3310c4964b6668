/* threshold.c: a threshold that reads well. */
#include "stat/threshold.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_DIGITS 17

/* Places after the point in the fewest digits that tell a value: 1200 has none, 0.05 two, 1e-7 seven. */
static int count_places(double value)
{
    char out[32];
    tsl__double_write(value, out);
    const char *point = strchr(out, '.'), *power = strchr(out, 'e');
    const size_t digits = point ? strcspn(point + 1, "e") : 0;
    const long places = (long)digits - (power ? strtol(power + 1, NULL, 10) : 0);
    return places > 0 ? (int)places : 0;
}

/* value rounded to so many digits; *place: the place of the last one after the point. */
static double round_to(double value, int digits, int *place)
{
    char out[32];
    double rounded;
    tsl__print(out, sizeof out, "%.*e", digits - 1, value);
    *place = digits - 1 - (int)strtol(strchr(out, 'e') + 1, NULL, 10);
    tsl__double_read(out, strlen(out), &rounded);
    return rounded + 0.0; /* no negative zero */
}

double tsl__threshold_get(double low, double high)
{
    const double middle = low / 2 + high / 2, quarter = high / 4 - low / 4;
    const int low_places = count_places(low), high_places = count_places(high);
    const int most = low_places > high_places ? low_places : high_places;
    if (fabs(middle) <= quarter && low <= 0 && 0 < high) {
        return 0; /* the shortest of all */
    }
    for (int digits = 1, place; digits <= MOST_DIGITS; digits++) {
        const double t = round_to(middle, digits, &place);
        if (place > most) {
            break;
        }
        if (fabs(t - middle) <= quarter && low <= t && t < high) {
            return t;
        }
    }
    return low;
}

/* count * 10^power, as it is read from a text. */
static double decimal_get(double count, int power)
{
    char out[64];
    double value;
    tsl__print(out, sizeof out, "%.0fe%d", count, power);
    tsl__double_read(out, strlen(out), &value);
    return value + 0.0;
}

int tsl__threshold_say(double low, double high, int level, double said[2])
{
    static const int steps[] = {10, 5, 2}; /* of the digit after */
    const double middle = low / 2 + high / 2;
    const int low_places = count_places(low), high_places = count_places(high);
    const int most = low_places > high_places ? low_places : high_places;
    int place;
    round_to(middle, 1, &place);
    const int power = -place - 1 - level / 3;
    const int step = steps[level % 3];
    if (-power - (step == 10) > most) {
        return 0;
    }
    const double unit = decimal_get(step, power), near = nearbyint(middle / unit);
    if (!isfinite(near)) { /* the unit underflows */
        return 0;
    }
    const double other = near * unit < middle ? near + 1 : near - 1;
    said[0] = decimal_get(near * step, power);
    said[1] = decimal_get(other * step, power);
    return isfinite(said[0]) && isfinite(said[1]);
}
