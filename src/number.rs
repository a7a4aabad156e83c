//! Exact numbers: the one door by which a cell's binary fraction comes in, and rounding on the way out.
//!
//! A value from a cell is a [`Decimal`]. Whatever is reckoned from values is an [`Exact`], a fraction of whole
//! numbers without limit of size, so that nothing is rounded before it is printed.

use std::{
    fmt,
    iter::Sum,
    ops::{Add, Div, Mul, Neg, Sub},
};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};
pub use rust_decimal::Decimal;
use rust_decimal::dec;

/// An exact fraction.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Exact(BigRational);

/// No number of a return is as large as this, of either sign: sums of them stay far within a [`Decimal`].
pub const LIMIT: Decimal = dec!(1000000000000000000);

/// A number as Excel shows it, to 15 significant digits; `None` when it is not finite or is 10¹⁸ or more. What is
/// left over in binary where a sum should be nought (0.1 + 0.2 − 0.3) is nought.
///
/// This is the only place where a binary fraction becomes a number of ours (product.md, promise 3).
pub fn from_cell(cell: f64) -> Option<Decimal> {
    if !cell.is_finite() || cell.abs() >= 1e18 {
        return None;
    }
    if cell.abs() < 1e-10 {
        return Some(Decimal::ZERO);
    }
    // A whole number of so few digits is itself.
    if let Some(whole) = cell.to_i64().filter(|_| cell.fract() == 0.0 && cell.abs() < 1e15) {
        return Some(Decimal::from(whole));
    }
    Decimal::from_scientific(&format!("{cell:.14e}")).ok().map(|number| number.normalize())
}

impl Exact {
    pub fn zero() -> Exact {
        Exact(BigRational::zero())
    }

    pub fn one() -> Exact {
        Exact(BigRational::one())
    }

    pub fn ratio(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Exact {
        Exact(BigRational::new(numerator.into(), denominator.into()))
    }

    /// A fraction in lowest terms, of a denominator that is positive. Nearly all are of small numbers, whose common
    /// divisor is found at once.
    fn lowest(numerator: BigInt, denominator: BigInt) -> Exact {
        if denominator.is_one() {
            return Exact(BigRational::new_raw(numerator, denominator));
        }
        match (numerator.magnitude().to_u128(), denominator.to_u128()) {
            (Some(above), Some(below)) => match common_divisor(above, below) {
                1 => Exact(BigRational::new_raw(numerator, denominator)),
                common => {
                    Exact(BigRational::new_raw(numerator / common, BigInt::from(below / common)))
                }
            },
            _ => Exact(BigRational::new(numerator, denominator)),
        }
    }

    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    pub fn abs(&self) -> Exact {
        Exact(self.0.abs())
    }

    /// The quotient, or `None` by zero.
    pub fn over(&self, divisor: &Exact) -> Option<Exact> {
        let (one, other) = (&self.0, &divisor.0);
        let sign = other.numer().signum();
        (!divisor.is_zero()).then(|| {
            Exact::lowest(one.numer() * other.denom() * sign, one.denom() * other.numer().abs())
        })
    }

    pub fn pow(&self, exponent: u32) -> Exact {
        Exact(Pow::pow(&self.0, exponent))
    }

    /// Rounded half away from zero to so many decimal places, as digits: "1659055.00", "-0.50".
    pub fn rounded(&self, places: u32) -> String {
        let scaled = half_away(self.0.numer() * BigInt::from(10).pow(places), self.0.denom());
        let width = places as usize + 1;
        let digits = match scaled.magnitude().to_u128() {
            Some(digits) => format!("{digits:0width$}"),
            None => format!("{:0width$}", scaled.magnitude()),
        };
        let (whole, part) = digits.split_at(digits.len() - places as usize);
        let sign = if scaled.is_negative() { "-" } else { "" };
        if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
    }

    /// Rounded half away from zero to a whole number.
    pub fn whole(&self) -> BigInt {
        half_away(self.0.numer().clone(), self.0.denom())
    }

    /// The whole number at or below it.
    pub fn floor(&self) -> Exact {
        Exact(self.0.floor())
    }

    /// All its decimal places, at least `least`; where they do not end, 15 significant digits.
    pub fn decimal(&self, least: u32) -> String {
        if self.0.is_integer() {
            return self.rounded(least);
        }
        let mut denominator = self.0.denom().clone();
        let (mut twos, mut fives) = (0u32, 0u32);
        for (factor, count) in [(2u32, &mut twos), (5, &mut fives)] {
            while (&denominator % factor).is_zero() {
                denominator /= factor;
                *count += 1;
            }
        }
        if denominator.is_one() {
            self.rounded(twos.max(fives).max(least))
        } else {
            self.significant(15)
        }
    }

    /// So many significant digits, in plain notation.
    pub fn significant(&self, digits: u32) -> String {
        if self.is_zero() {
            return String::from("0");
        }
        let mut above = 0i64;
        let mut rest = self.0.abs();
        let (ten, one) = (BigRational::from(BigInt::from(10)), BigRational::one());
        while rest >= ten {
            rest /= &ten;
            above += 1;
        }
        while rest < one {
            rest *= &ten;
            above -= 1;
        }
        let places = i64::from(digits) - 1 - above;
        match u32::try_from(places) {
            Ok(places) => self.rounded(places),
            Err(_) => {
                let scale = BigInt::from(10).pow(u32::try_from(-places).unwrap_or(0));
                let scaled =
                    (&self.0 / BigRational::from(scale.clone())).round().to_integer() * scale;
                scaled.to_string()
            }
        }
    }

    /// The fraction in lowest terms: "45/344"; a whole number is over 1: "4/1".
    pub fn fraction(&self) -> String {
        format!("{}/{}", self.0.numer(), self.0.denom())
    }

    /// The nearest binary fraction, for a cell of a workbook and nothing else.
    pub fn for_cell(&self) -> f64 {
        self.0.to_f64().unwrap_or(0.0)
    }
}

/// The quotient rounded half away from zero. `divisor` is positive, as the denominator of a fraction is; to bring the
/// fraction into lowest terms before it is rounded would cost more than all the rest.
fn half_away(number: BigInt, divisor: &BigInt) -> BigInt {
    if divisor.is_one() {
        return number;
    }
    let whole = &number / divisor;
    let rest = number - &whole * divisor;
    match (rest.magnitude() * 2u32) >= *divisor.magnitude() {
        true => whole + rest.signum(),
        false => whole,
    }
}

/// The greatest common divisor, by Euclid's way.
fn common_divisor(mut one: u128, mut other: u128) -> u128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

impl From<Decimal> for Exact {
    fn from(number: Decimal) -> Exact {
        Exact::lowest(number.mantissa().into(), 10_u128.pow(number.scale()).into())
    }
}

impl From<u32> for Exact {
    fn from(number: u32) -> Exact {
        Exact(BigRational::from(BigInt::from(number)))
    }
}

impl From<usize> for Exact {
    fn from(number: usize) -> Exact {
        Exact(BigRational::from(BigInt::from(number)))
    }
}

impl From<BigInt> for Exact {
    fn from(number: BigInt) -> Exact {
        Exact(BigRational::from(number))
    }
}

impl Add for Exact {
    type Output = Exact;
    fn add(self, other: Exact) -> Exact {
        let ((one, below), (two, other)) = (self.0.into_raw(), other.0.into_raw());
        if below == other {
            return Exact::lowest(one + two, below);
        }
        Exact::lowest(one * &other + two * &below, below * other)
    }
}

impl Sub for Exact {
    type Output = Exact;
    fn sub(self, other: Exact) -> Exact {
        self + -other
    }
}

impl Mul for Exact {
    type Output = Exact;
    fn mul(self, other: Exact) -> Exact {
        let ((one, below), (two, other)) = (self.0.into_raw(), other.0.into_raw());
        Exact::lowest(one * two, below * other)
    }
}

/// # Panics
/// By zero; use [`Exact::over`] where the divisor comes from data.
impl Div for Exact {
    type Output = Exact;
    fn div(self, other: Exact) -> Exact {
        Exact(self.0 / other.0)
    }
}

impl Neg for Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        Exact(-self.0)
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Exact>>(numbers: I) -> Exact {
        numbers.fold(Exact::zero(), Add::add)
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.decimal(0))
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn a_cell_comes_in_as_excel_shows_it() {
        let cells = [0.1 + 0.2, 1234.565, 1.005, 4.35 * 100.0, 100.0 / 3.0, 1659055.0];
        let shown = cells.map(|cell| from_cell(cell).unwrap().to_string());
        assert_eq!(shown, ["0.3", "1234.565", "1.005", "435", "33.3333333333333", "1659055"]);
        let residue = 0.1 + 0.2 - 0.3;
        assert_eq!([residue, -residue, 0.0].map(from_cell), [Some(Decimal::ZERO); 3]);
        assert_eq!(from_cell(1e15), Some(dec!(1000000000000000)));
        assert_eq!(from_cell(1e-10), Some(dec!(0.0000000001)));
        assert_eq!([f64::NAN, f64::INFINITY, 1e18].map(from_cell), [None; 3]);
    }

    #[test]
    fn rounding_is_half_away_from_zero_and_only_on_the_way_out() {
        let numbers = [dec!(1.005), dec!(0.285), dec!(2.675), dec!(-2.675), dec!(-0.004)];
        assert_eq!(
            numbers.map(|n| Exact::from(n).rounded(2)),
            ["1.01", "0.29", "2.68", "-2.68", "0.00"]
        );
        assert_eq!(Exact::ratio(45, 344).rounded(4), "0.1308");
    }

    #[test]
    fn a_fraction_prints_all_its_places_or_fifteen_digits() {
        assert_eq!(Exact::from(dec!(1659055)).decimal(2), "1659055.00");
        assert_eq!(Exact::from(dec!(34.4)).decimal(2), "34.40");
        assert_eq!(Exact::from(dec!(0.125)).decimal(2), "0.125");
        assert_eq!(Exact::ratio(45, 344).decimal(0), "0.130813953488372");
        assert_eq!(Exact::ratio(45, 344).fraction(), "45/344");
        assert_eq!(
            Exact::ratio(100_000_000_000_000_000_000_i128, 3).significant(15),
            "33333333333333300000"
        );
    }
}
