/* tree_made.h: a tree written by hand, with every form of cut.
 *
 *  0 gap_mean_days <= 30 (missing left)
 *      1 Gender=F <= 0
 *          3 gap_mean_days <= 7 (missing right): 7 cluster 1, 8 cluster 0
 *          4 cluster 2
 *      2 HomeOwner <= 0 (missing right)
 *          5 frequency <= 12.5: 9 cluster 2, 10 cluster 1
 *          6 income <= inf (missing right): 11 cluster 0, 12 cluster 2
 */
#ifndef TEST_TREE_MADE_H
#define TEST_TREE_MADE_H

#include <math.h>
#include <tesela/model.h>

static char made_gap[] = "gap_mean_days", made_gender[] = "Gender=F", made_home[] = "HomeOwner",
            made_frequency[] = "frequency", made_income[] = "income";
static tsl_tree_column made_column[] = {{made_gap, TSL_TREE_NUMBER, "", ""},
                                        {made_gender, TSL_TREE_LEVEL, "Gender", "F"},
                                        {made_home, TSL_TREE_BOOLEAN, "", ""},
                                        {made_frequency, TSL_TREE_NUMBER, "", ""},
                                        {made_income, TSL_TREE_NUMBER, "", ""}};
static tsl_tree_node made_node[] = {
    {1, 2, 0, 30, 1, -1, -1, 1000, 0},       {3, 4, 1, 0, -1, -1, 0, 600, 0},     {5, 6, 2, 0, 0, -1, 0, 400, 0},
    {7, 8, 0, 7, 0, -1, 1, 500, 0},          {-1, -1, -1, 0, -1, 2, 1, 100, 99},  {9, 10, 3, 12.5, -1, -1, 2, 150, 0},
    {11, 12, 4, INFINITY, 0, -1, 2, 250, 0}, {-1, -1, -1, 0, -1, 1, 3, 200, 200}, {-1, -1, -1, 0, -1, 0, 3, 300, 1},
    {-1, -1, -1, 0, -1, 2, 5, 100, 50},      {-1, -1, -1, 0, -1, 1, 5, 50, 49},   {-1, -1, -1, 0, -1, 0, 6, 200, 150},
    {-1, -1, -1, 0, -1, 2, 6, 50, 0},
};
static double made_share[3] = {0.5, 0.5, 0.5};
static const tsl_tree made_tree = {
    13, made_node, 3, 7, 3, 5, made_column, 1234.5, 1.23456, 0.549, made_share, made_share, TSL_TREE_GREEDY, 0, NULL};

#endif
