# What lavaan and psych say of the same answers where a model is fitted:
# Rscript factors.R > factors.json
suppressMessages({library(lavaan); library(psych); library(jsonlite)})

wide <- read.csv("scs.csv")
short <- read.csv("scs-sf.csv")
short <- short[complete.cases(short), ]
poles <- list(
  self_kindness = c(5, 12, 19, 23, 26), self_judgment = c(1, 8, 11, 16, 21),
  common_humanity = c(3, 7, 10, 15), isolation = c(4, 13, 18, 25),
  mindfulness = c(9, 14, 17, 22), over_identification = c(2, 6, 20, 24)
)
kind <- c(1, 3, 5)
sf <- list(compassionate = c(2, 3, 5, 6, 7, 10), uncompassionate = c(1, 4, 8, 9, 11, 12))

line <- function(factor, prefix, at) {
  paste(factor, "=~", paste0(prefix, "_", at, collapse = " + "))
}
each <- mapply(line, names(poles), "scs", poles)
# Set out in the direction in which the key points: either would fit as well.
pointed <- function(factor, prefix, at, turned) {
  starts <- paste0("start(", ifelse(at %in% turned, -0.6, 0.6), ")*", prefix, "_", at)
  paste(factor, "=~", paste(starts, collapse = " + "))
}
turned <- list(scs = unlist(poles[-kind]), "scs-sf" = sf$uncompassionate)
models <- list(
  scs = list(
    one = pointed("total", "scs", unlist(poles), turned$scs),
    two = c(
      line("compassionate", "scs", unlist(poles[kind])),
      line("uncompassionate", "scs", unlist(poles[-kind]))
    ),
    subscales = each,
    "higher-order" = c(each, paste("general =~", paste(names(poles), collapse = " + "))),
    bifactor = c(pointed("general", "scs", unlist(poles), turned$scs), each)
  ),
  "scs-sf" = list(
    one = pointed("total", "scs_sf", 1:12, turned[["scs-sf"]]),
    two = c(
      line("compassionate", "scs_sf", sf$compassionate),
      line("uncompassionate", "scs_sf", sf$uncompassionate)
    )
  )
)
data <- list(scs = wide, "scs-sf" = short)
asked <- c(
  chi2 = "chisq", df = "df", p = "pvalue", baseline_chi2 = "baseline.chisq",
  baseline_df = "baseline.df", cfi = "cfi", tli = "tli", rmsea = "rmsea",
  rmsea_low = "rmsea.ci.lower", rmsea_high = "rmsea.ci.upper", srmr = "srmr",
  log_likelihood = "logl", aic = "aic", bic = "bic"
)
fit <- function(model, data, orthogonal) {
  cfa(
    paste(model, collapse = "\n"), data = data, std.lv = TRUE, orthogonal = orthogonal
  )
}

told <- function(fit) {
  raw <- parameterEstimates(fit)
  standard <- standardizedSolution(fit)
  free <- raw$se > 0
  list(
    indices = as.list(setNames(fitMeasures(fit, asked), names(asked))),
    parameters = paste(raw$lhs, raw$op, raw$rhs)[free],
    values = raw$est[free], errors = raw$se[free],
    standard = standard$est.std[free], standard_errors = standard$se[free]
  )
}

fits <- lapply(names(models), function(of) {
  sapply(names(models[[of]]), function(name) {
    fit(models[[of]][[name]], data[[of]], name == "bifactor")
  }, simplify = FALSE)
})
names(fits) <- names(models)

# Omega of one factor, with an interval by lavaan's delta method; and psych's own, by its ML factor
# analysis of the correlations, which is that of items brought to one variance.
omega_one <- function(data, prefix, at, turn) {
  x <- data[paste0(prefix, "_", at)]
  for (i in which(at %in% turn)) x[[i]] <- 6 - x[[i]]
  l <- paste0("l", seq_along(at)); e <- paste0("e", seq_along(at))
  names(x) <- paste0("x", seq_along(at))
  model <- c(
    paste("f =~", paste0(l, "*", names(x), collapse = " + ")),
    paste0(names(x), " ~~ ", e, "*", names(x)),
    paste0(
      "omega := (", paste(l, collapse = " + "), ")^2 / ((", paste(l, collapse = " + "), ")^2 + ",
      paste(e, collapse = " + "), ")"
    )
  )
  found <- parameterEstimates(fit(model, x, FALSE))
  found <- found[found$label == "omega", c("est", "ci.lower", "ci.upper")]
  theirs <- suppressWarnings(suppressMessages(
    psych::omega(x, nfactors = 1, fm = "ml", plot = FALSE, flip = FALSE)
  ))
  list(value = found[1, 1], low = found[1, 2], high = found[1, 3], of_correlations = theirs$omega.tot)
}

# Omega of the bifactor model: Rodriguez, Reise and Haviland (2016), with the signs of the key.
b <- lavInspect(fits$scs$bifactor, "est")
sign <- ifelse(rownames(b$lambda) %in% paste0("scs_", unlist(poles[-kind])), -1, 1)
whole <- sum(outer(sign, sign) * fitted(fits$scs$bifactor)$cov)
common <- colSums(sign * b$lambda)^2
out <- list(
  made_by = list(
    R = R.version.string, lavaan = as.character(packageVersion("lavaan")),
    psych = as.character(packageVersion("psych"))
  ),
  fits = lapply(fits, function(some) lapply(some, told)),
  omega = list(
    scs = c(
      list(total = omega_one(wide, "scs", 1:26, turned$scs)),
      lapply(poles, function(at) omega_one(wide, "scs", at, integer(0)))
    ),
    "scs-sf" = list(total = omega_one(short, "scs_sf", 1:12, turned[["scs-sf"]]))
  ),
  bifactor = list(
    total = sum(common) / whole, hierarchical = unname(common["general"] / whole)
  )
)
cat(toJSON(out, auto_unbox = TRUE, digits = NA, pretty = TRUE), "\n", sep = "")
