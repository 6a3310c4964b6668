/* tree_height.c: how long rules become (Laber, Murtinho & Oliveira 2022):
 * a tree whose cuts all leave the same shares of the rows and of the centres on
 * their left. A condition on a column that the rule bounds on that
 * side already only takes the other's place, and lengthens nothing. */
#include "model/tree/tree.h"

#include <math.h>

/* Where the share of the rows lies between low and high: each choice by itself, so that it is a bound. */
static double expect(int centers, double share, double low, double high)
{
    if (centers < 2) {
        return 0;
    }
    const int wanted = (int)ceil(centers * share), left = wanted < 1 ? 1 : wanted < centers ? wanted : centers - 1;
    const double l = expect(left, share, low, high), r = expect(centers - left, share, low, high);
    return 1 + fmin(low * l + (1 - low) * r, high * l + (1 - high) * r);
}

double tsl__tree_height(int left, int right, double low, double high, unsigned bounded)
{
    const double share = (double)left / (left + right);
    const double l = expect(left, share, low, high) + !(bounded & 1);
    const double r = expect(right, share, low, high) + !(bounded & 2);
    return fmin(low * l + (1 - low) * r, high * l + (1 - high) * r);
}
